-- title: Waited while closed
-- question: How much of the wait for a first reply passes when nobody is there?
-- rests_on: tickets, newest, replies, business
-- unit: minutes
-- better: lower
-- band: service
-- rows: tickets
-- event: replied_at
-- excludes: case when off_hours_left_out is null and not reply_seen then 'still waiting' else off_hours_left_out end
-- shows: reply_minutes, off_hours_wait, reply_seen
-- clock: as for the first reply, without the hours in which somebody of the ticket's team was there
-- formula: mean, over answered tickets, of the calendar minutes until the first reply less the business minutes
-- needs: created time and first reply time; business hours (Settings)
-- caveat: The rest of the mean first reply is the wait in the queue, while somebody was there. A mean, for the two parts add up; medians do not.
-- caveat: The helpdesk's own business hours are not in its export: a calendar has to be set.
with measures as (select slice, off_hours_wait as measure from tickets where off_hours_left_out is null and reply_seen)
from mean_of('measures')
