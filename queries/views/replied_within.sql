-- title: First reply within a limit
-- rows: tickets
-- event: replied_at
-- caveat: A ticket that waits, but not yet longer than the limit, is in neither number.
with votes as (select slice, reply_seen and reply_wait <= $minutes as hit from tickets where reply_seen or reply_wait > $minutes)
from share_of('votes')
