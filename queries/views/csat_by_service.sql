-- title: Are customers less satisfied when more people handle them, or when it comes back?
-- rows: answers
-- caveat: By how many agents had the ticket, and whether it was reopened. Associated with, not caused by.
with grouped as (
  select slice, 'agents' as about, least(agents, 4) as step, positive from answers
  where kind = 'csat' and score_left_out is null and agents > 0
  union all
  select slice, 'reopened', (reopens > 0)::integer, positive from answers where kind = 'csat' and score_left_out is null and reopens is not null
)
select slice, about, step, 100.0 * count(*) filter (positive) / count(*) as value,
  wilson_low(count(*) filter (positive), count(*)) as low, wilson_high(count(*) filter (positive), count(*)) as high, count(*) as n
from grouped
group by slice, about, step
order by slice, about, step
