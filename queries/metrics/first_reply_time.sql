-- title: First reply
-- question: How long until the first answer from a person?
-- rests_on: tickets, newest, replies, business
-- unit: minutes
-- better: lower
-- band: service
-- rows: tickets
-- event: replied_at
-- excludes: reply_left_out
-- shows: reply_wait, reply_seen, reply_from
-- clock: starts when the ticket is created (the customer's first message where there are messages); stops at the first public reply by a person
-- formula: time by which half of the tickets have their first reply, from the Kaplan-Meier curve
-- needs: created time; first reply time, duration or messages
-- caveat: Tickets still waiting count with the time they have waited so far (Kaplan-Meier); most helpdesks drop them, which flatters a bad week.
-- caveat: Where the file has a ready-made duration and no stamps, it is used as computed by the helpdesk.
-- caveat: Bots, automatic acknowledgements and internal notes never end the wait.
-- caveat: Business hours are those set under Settings. Where none are set, they are the helpdesk's own, and only answered tickets count: an open wait needs a calendar.
-- caveat: In business hours a reply given while everybody was off takes as long as somebody was there before it: often 0 minutes.
with waits as (select slice, reply_wait as minutes, reply_seen as seen from tickets)
from done_by('waits', 0.5)
