-- title: Do unhappy customers leave?
-- rows: accounts
-- caveat: Customers there at the start of the period, by the last thing they said before its end or before they left. Associated with, not caused by.
with said as (
  select t.customer, arg_max(case when a.positive then 'good' else 'bad' end, a.said_at) filter (a.kind = 'csat') as csat,
    arg_max(a.nps_group, a.said_at) filter (a.kind = 'nps') as nps
  from (select distinct customer from tenures) t
  join main.accounts k using (customer)
  join main.answers a on a.customer = t.customer and a.score_left_out is null and (k.ended_at is null or a.said_at <= k.ended_at)
    and ($end is null or a.said_at < $end)
  group by 1
),
grouped as (
  select 'csat' as kind, coalesce(s.csat, 'none') as answer, t.gone from tenures t left join said s using (customer)
  union all
  select 'nps', coalesce(s.nps, 'none'), t.gone from tenures t left join said s using (customer)
)
select kind, answer, 100.0 * count(*) filter (gone) / count(*) as value, wilson_low(count(*) filter (gone), count(*)) as low,
  wilson_high(count(*) filter (gone), count(*)) as high, count(*) as n
from grouped
group by 1, 2
order by kind, array_position(['good', 'promoter', 'passive', 'bad', 'detractor', 'none'], answer)
