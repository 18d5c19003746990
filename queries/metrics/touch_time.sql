-- title: Touch time
-- question: How much work is a ticket?
-- unit: minutes
-- better: lower
-- band: service
-- rows: tickets
-- excludes: case when touch_minutes is null then 'no time tracked' end
-- shows: touch_minutes
-- clock: as tracked by the helpdesk
-- formula: mean of the tracked working time
-- needs: time tracked, handle or talk time
with measures as (select slice, touch_minutes as measure from tickets)
from mean_of('measures')
