-- title: First resolution
-- question: How long until it is first marked solved?
-- rests_on: tickets, newest, first_solving, solving, business
-- unit: minutes
-- better: lower
-- band: service
-- rows: tickets
-- excludes: first_solving_left_out
-- shows: first_solving_time, first_solved_seen
-- clock: starts when the ticket is created; stops when it was first solved
-- formula: time by which half of the tickets were first solved, from the Kaplan-Meier curve
-- needs: first solved time or first resolution duration
-- caveat: Tickets still open count with the time they have waited so far (Kaplan-Meier); most helpdesks drop them, which flatters a bad week.
-- caveat: A ticket that was never reopened was first solved when it was last solved.
with waits as (select slice, first_solving_time as minutes, first_solved_seen as seen from tickets)
from done_by('waits', 0.5)
