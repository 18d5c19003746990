-- title: First reply within target
-- question: How often do we keep the promise to answer?
-- rests_on: tickets, newest, replies, business
-- unit: percent
-- better: higher
-- band: service
-- rows: tickets
-- event: replied_at
-- excludes: coalesce(reply_left_out, case when not reply_seen and reply_wait <= promised('first_reply_time', $hours, 240, channel, priority, segment, created_at::date) then 'too early to say' end)
-- shows: reply_wait, reply_seen
-- also: first_reply_time_within_target
-- clock: as first reply
-- formula: replied within the target / (replied, or waiting longer than the target); the target is what was promised to the ticket when it came in, and 4 hours where nothing was
-- needs: as first reply
-- caveat: Promises are made on the Targets page, for all tickets or for some. Of several for one ticket the one closest to it counts, and of those the one that is for the most.
-- caveat: A ticket that waits, but not yet longer than the target, is in neither number.
-- Still waiting, and not yet longer than the limit: neither kept nor broken. Asked once a ticket, for asking is what takes time.
with votes as (
  select slice, case when reply_wait <= promised('first_reply_time', $hours, 240, channel, priority, segment, created_at::date)
    then nullif(reply_seen, false) else false end as hit
  from tickets where reply_wait is not null
)
from share_of('votes')
