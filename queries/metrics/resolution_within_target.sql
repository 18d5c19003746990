-- title: Resolution within target
-- question: How often do we keep the promise to solve?
-- unit: percent
-- better: higher
-- band: service
-- rows: tickets
-- event: solved_at
-- excludes: coalesce(solving_left_out, case when not solved_seen and solving_time <= target('resolution_minutes', 4320) then 'too early to say' end)
-- shows: solving_time, solved_seen
-- clock: as resolution
-- formula: solved within the target / (solved, or waiting longer than the target); the target is 3 days unless the workspace says otherwise
-- needs: as resolution
-- caveat: A ticket that waits, but not yet longer than the target, is in neither number.
with votes as (
  select slice, solved_seen and solving_time <= target('resolution_minutes', 4320) as hit
  from tickets where solved_seen or solving_time > target('resolution_minutes', 4320)
)
from share_of('votes')
