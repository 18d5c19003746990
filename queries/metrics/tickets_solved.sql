-- title: Tickets solved
-- question: How much got done?
-- rests_on: tickets
-- unit: count
-- better: neither
-- band: service
-- rows: tickets
-- moment: solved_at
-- counts: not is_open
-- excludes: dropped
-- clock: by last solved date, local midnight to midnight
-- formula: count of tickets that are solved or closed
-- needs: status or solved time
-- caveat: A ticket solved, reopened and solved again counts once, on the last date.
select slice, count(*) as value, null as low, null as high, count(*) as n
from tickets
where not is_open and dropped is null
group by slice
