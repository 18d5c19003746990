-- title: First resolution
-- question: How long until it is first marked solved?
-- unit: minutes
-- better: lower
-- band: service
-- rows: tickets
-- excludes: coalesce(solving_left_out, case when first_resolution_minutes is null and not is_open then 'no first solved time' end)
-- shows: first_resolution_minutes
-- clock: starts when the ticket is created; stops when it was first solved
-- formula: time by which half of the tickets were first solved, from the Kaplan-Meier curve
-- needs: first solved time or first resolution duration
-- caveat: Tickets still open count with the time they have waited so far (Kaplan-Meier); most helpdesks drop them, which flatters a bad week.
with waits as (
  select slice, coalesce(first_resolution_minutes, case when is_open then open_minutes end) as minutes,
    first_resolution_minutes is not null as seen
  from tickets where solving_left_out is null
)
from done_by('waits', 0.5)
