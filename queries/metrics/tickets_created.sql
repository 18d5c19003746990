-- title: Tickets created
-- question: How much came in?
-- rests_on: tickets
-- unit: count
-- better: neither
-- band: service
-- rows: tickets
-- excludes: dropped
-- clock: by created date, local midnight to midnight
-- formula: count of tickets
-- needs: created time for a trend; otherwise nothing
select slice, count(*) as value, null as low, null as high, count(*) as n
from tickets
where dropped is null
group by slice
