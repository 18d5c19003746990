-- title: Resolution within a limit
-- rows: tickets
-- event: solved_at
-- caveat: A ticket that waits, but not yet longer than the limit, is in neither number.
with votes as (select slice, solved_seen and solving_time <= $minutes as hit from tickets where solved_seen or solving_time > $minutes)
from share_of('votes')
