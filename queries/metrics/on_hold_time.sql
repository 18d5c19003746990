-- title: On hold
-- question: How long does a ticket wait on somebody else?
-- rests_on: tickets, newest, on_hold
-- unit: minutes
-- better: lower
-- band: service
-- rows: tickets
-- excludes: coalesce(dropped, case when on_hold_minutes is null then 'no on-hold time in the file' when on_hold_minutes < 0 then 'negative duration' end)
-- shows: on_hold_minutes
-- clock: as computed by the helpdesk
-- formula: mean of the time on hold in the file
-- needs: on-hold time
-- caveat: A ticket that was never on hold counts as 0 where the file says 0: the mean is over all tickets, not over those on hold.
with measures as (select slice, on_hold_minutes as measure from tickets where dropped is null and on_hold_minutes >= 0)
from mean_of('measures')
