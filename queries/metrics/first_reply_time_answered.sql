-- title: First reply, median of answered
-- question: What does my helpdesk show as median first reply?
-- rests_on: tickets, replies, business
-- unit: minutes
-- better: lower
-- band: service
-- rows: tickets
-- event: replied_at
-- excludes: coalesce(reply_left_out, case when not reply_seen then 'still waiting' end)
-- shows: reply_wait, reply_from
-- clock: as first reply
-- formula: plain median over answered tickets only
-- needs: first reply time, duration or messages
-- caveat: Leaves out tickets still waiting, as helpdesks do.
with measures as (select slice, reply_wait as measure from tickets where reply_seen)
from median_of('measures')
