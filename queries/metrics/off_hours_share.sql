-- title: Arrived while closed
-- question: How much comes in when nobody is there?
-- rests_on: tickets, business
-- unit: percent
-- better: neither
-- band: service
-- rows: tickets
-- excludes: coalesce(dropped, case when created_off_hours is null then 'no business hours' end)
-- shows: created_off_hours
-- clock: the moment the ticket was created, on the calendar of its team
-- formula: tickets created outside business hours / tickets
-- needs: created time with its time of day; business hours (Settings)
-- caveat: The helpdesk's own business hours are not in its export: a calendar has to be set.
with votes as (select slice, created_off_hours as hit from tickets)
from share_of('votes')
