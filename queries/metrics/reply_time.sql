-- title: Each reply
-- question: How long does each message wait?
-- rests_on: tickets, turns, business
-- unit: minutes
-- better: lower
-- band: service
-- rows: tickets
-- over: turns
-- excludes: turn_left_out
-- shows: turn_asked_at, turn_replied_at, turn_wait
-- clock: starts with the first customer message that nobody has answered yet; stops with the next public reply by a person
-- formula: plain median over all replies, the first ones and the later ones
-- needs: messages
-- caveat: Counted over replies, not tickets: a long conversation weighs more than a short one.
-- caveat: A message still waiting, or one that needs no reply, is left out and counted there.
-- caveat: Bots, automatic acknowledgements and internal notes never end the wait; a second message in a row does not start it anew.
with measures as (select slice, turn_wait as measure from turns where turn_left_out is null)
from median_of('measures')
