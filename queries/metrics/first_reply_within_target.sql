-- title: First reply within target
-- question: How often do we keep the promise to answer?
-- unit: percent
-- better: higher
-- band: service
-- rows: tickets
-- event: replied_at
-- excludes: coalesce(reply_left_out, case when not reply_seen and reply_wait <= target('first_reply_minutes', 240) then 'too early to say' end)
-- shows: reply_wait, reply_seen
-- also: first_reply_time_within_target
-- clock: as first reply
-- formula: replied within the target / (replied, or waiting longer than the target); the target is 4 hours unless the workspace says otherwise
-- needs: as first reply
-- caveat: A ticket that waits, but not yet longer than the target, is in neither number.
with votes as (
  select slice, reply_seen and reply_wait <= target('first_reply_minutes', 240) as hit
  from tickets where reply_seen or reply_wait > target('first_reply_minutes', 240)
)
from share_of('votes')
