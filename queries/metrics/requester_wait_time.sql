-- title: Customer waiting on us
-- question: How long was it our turn?
-- unit: minutes
-- better: lower
-- band: service
-- rows: tickets
-- excludes: case when requester_wait_minutes is null then 'no waiting time' end
-- shows: requester_wait_minutes
-- clock: as computed by the helpdesk
-- formula: median of the waiting time in the file
-- needs: requester wait time
with measures as (
  select slice, case when $hours = 'business' then requester_wait_business_minutes else requester_wait_minutes end as measure from tickets
)
from median_of('measures')
