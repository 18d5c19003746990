-- title: Resolution, mean of solved
-- question: What does my helpdesk show as average resolution?
-- rests_on: tickets, newest, solving, business
-- unit: minutes
-- better: lower
-- band: service
-- rows: tickets
-- event: solved_at
-- excludes: coalesce(solving_left_out, case when is_open then 'still open' end)
-- shows: solving_time
-- clock: as resolution
-- formula: mean over solved tickets only
-- needs: solved time or resolution duration
-- caveat: Leaves out open tickets, as helpdesks do: a slow month looks good until its slow tickets close.
with measures as (select slice, solving_time as measure from tickets where solved_seen)
from mean_of('measures')
