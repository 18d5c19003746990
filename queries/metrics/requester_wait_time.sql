-- title: Customer waiting on us
-- question: How long was it our turn?
-- rests_on: tickets, waiting
-- unit: minutes
-- better: lower
-- band: service
-- rows: tickets
-- excludes: coalesce(dropped, case when waited is null then 'no waiting time in the file' when waited < 0 then 'negative duration' end)
-- shows: waited
-- clock: as computed by the helpdesk
-- formula: median of the waiting time in the file
-- needs: requester wait time
with measures as (select slice, waited as measure from tickets where dropped is null and waited >= 0)
from median_of('measures')
