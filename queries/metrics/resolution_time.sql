-- title: Resolution
-- question: How long until it is really solved?
-- rests_on: tickets, newest, solving, business
-- unit: minutes
-- better: lower
-- band: service
-- rows: tickets
-- event: solved_at
-- excludes: solving_left_out
-- shows: solving_time, solved_seen
-- clock: starts when the ticket is created; stops when it was last solved
-- formula: time by which half of the tickets are solved, from the Kaplan-Meier curve
-- needs: created time; solved time or resolution duration
-- caveat: Tickets still open count with the time they have waited so far (Kaplan-Meier); most helpdesks drop them, which flatters a bad week.
-- caveat: Where the file has a ready-made duration and no stamps, it is used as computed by the helpdesk.
-- caveat: A reopened ticket runs from its creation to its last solving.
with waits as (select slice, solving_time as minutes, solved_seen as seen from tickets)
from done_by('waits', 0.5)
