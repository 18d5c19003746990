-- title: How old are the open tickets?
-- rows: tickets
-- caveat: Open now, whatever the period of the filter.
with bands(place, band, since, until) as (
  values (1, '< 1 day', 0, 1), (2, '1-3 days', 1, 3), (3, '3-7 days', 3, 7), (4, '1-4 weeks', 7, 28), (5, '> 4 weeks', 28, null)
),
open_now as (select slice, greatest(open_minutes, 0) / 1440 as days from stock where is_open and open_minutes is not null)
select s.slice, b.band, count(o.days) as tickets
from bands b cross join (select distinct slice from open_now) s
left join open_now o on o.slice is not distinct from s.slice and o.days >= b.since and (b.until is null or o.days < b.until)
group by s.slice, b.place, b.band
order by s.slice, b.place
