-- title: Who answers, and who does not?
-- rows: answers
-- caveat: Four equal groups of those asked, by their wait for the first reply, and whether their ticket was reopened. Only surveys whose file lists who was asked.
with asked as (select * from answers where kind = $kind and offered),
placed as (
  select slice, answered, reply_minutes,
    1 + least(3, 4 * (rank() over (partition by slice order by reply_minutes) - 1) // count(*) over (partition by slice)) as quarter
  from asked where reply_seen and reply_minutes is not null
),
grouped as (
  select slice, 'wait' as about, quarter, answered, reply_minutes from placed
  union all
  select slice, if(reopens > 0, 'reopened', 'solved once'), null, answered, null from asked where reopens is not null
)
select slice, about, quarter, min(reply_minutes) as wait_from, max(reply_minutes) as wait_to,
  100.0 * count(*) filter (answered) / count(*) as value, wilson_low(count(*) filter (answered), count(*)) as low,
  wilson_high(count(*) filter (answered), count(*)) as high, count(*) as n
from grouped
group by slice, about, quarter
order by slice, about desc, quarter
