-- title: Contact duration
-- question: How long from first contact to final goodbye?
-- rests_on: tickets, turns
-- unit: minutes
-- better: lower
-- band: service
-- rows: tickets
-- event: solved_at
-- excludes: coalesce(dropped, case when is_open then 'still open' when contact_minutes is null then 'no messages' end)
-- shows: contact_minutes
-- clock: starts when the ticket is created, or at the customer's first message if that came before; stops at the last public message of either side
-- formula: mean over solved tickets
-- needs: messages
-- caveat: Handle time as customers live it, not the hours of work: that is touch time.
with measures as (select slice, contact_minutes as measure from tickets)
from mean_of('measures')
