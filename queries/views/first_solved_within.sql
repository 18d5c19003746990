-- title: First resolution within a limit
-- rows: tickets
-- caveat: A ticket that waits, but not yet longer than the limit, is in neither number.
with votes as (select slice, first_solved_seen and first_solving_time <= $minutes as hit from tickets where first_solved_seen or first_solving_time > $minutes)
from share_of('votes')
