-- title: Are customers less satisfied when they wait longer?
-- rows: answers
-- caveat: Ten equal groups of answers by the wait for the first reply; equal waits stay together. Associated with, not caused by.
with placed as (
  select slice, positive, reply_minutes,
    1 + least(9, 10 * (rank() over (partition by slice order by reply_minutes) - 1) // count(*) over (partition by slice)) as decile
  from answers where kind = 'csat' and score_left_out is null and reply_seen and reply_minutes is not null
)
select slice, decile, min(reply_minutes) as wait_from, max(reply_minutes) as wait_to, median(reply_minutes) as wait,
  100.0 * count(*) filter (positive) / count(*) as value, wilson_low(count(*) filter (positive), count(*)) as low,
  wilson_high(count(*) filter (positive), count(*)) as high, count(*) as n
from placed
group by slice, decile
order by slice, decile
