-- title: Touch time
-- question: How much work is a ticket?
-- rests_on: tickets, touch
-- unit: minutes
-- better: lower
-- band: service
-- rows: tickets
-- excludes: coalesce(dropped, case when touch_minutes is null then 'no time tracked' when touch_minutes < 0 then 'negative duration' end)
-- shows: touch_minutes
-- clock: as tracked by the helpdesk
-- formula: mean of the tracked working time
-- needs: time tracked, handle or talk time
with measures as (select slice, touch_minutes as measure from tickets where dropped is null and touch_minutes >= 0)
from mean_of('measures')
