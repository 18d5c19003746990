-- title: First reply within target
-- question: How often do we keep the promise to answer?
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
with limited as (
  select slice, reply_wait, reply_seen, promised('first_reply_time', $hours, 240, channel, priority, segment, created_at::date) as promised
  from tickets where reply_wait is not null
),
votes as (
  select slice, reply_seen and reply_wait <= promised as hit from limited where reply_seen or reply_wait > promised
)
from share_of('votes')
