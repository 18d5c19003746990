-- title: Resolution, median of solved
-- question: What does my helpdesk show as median resolution?
-- rests_on: tickets, newest, solving, business
-- unit: minutes
-- better: lower
-- band: service
-- rows: tickets
-- event: solved_at
-- excludes: coalesce(solving_left_out, case when is_open then 'still open' end)
-- shows: solving_time
-- clock: as resolution
-- formula: plain median over solved tickets only
-- needs: solved time or resolution duration
-- caveat: Leaves out open tickets, as helpdesks do.
with measures as (select slice, solving_time as measure from tickets where solved_seen)
from median_of('measures')
