-- title: Of those who joined in a month, how many are still there?
-- rows: accounts
-- caveat: Share still there after so many full months, in percent, once every customer of the cohort could have had them. The 24 newest cohorts; the start of the period plays no part.
with edge as (select max(ends) as ends from periods),
joined as (
  select date_trunc('month', a.started_at) as cohort, a.started_at, a.ended_at, e.ends
  from accounts a, edge e where a.dated and a.started_at < e.ends
),
newest as (select distinct cohort from joined order by cohort desc limit 24),
steps as (select cohort, s.month from newest, edge e, generate_series(0, 24) s(month)
  where cohort + to_months(1) + to_months(s.month::integer) <= e.ends or s.month = 0)
select strftime(j.cohort, '%Y-%m') as cohort, s.month::integer as month,
  100.0 * count(*) filter (s.month = 0 or j.ended_at is null or j.ended_at >= j.started_at + to_months(s.month::integer)) / count(*) as share,
  count(*) as customers
from joined j join steps s using (cohort)
group by 1, 2
order by 1, 2
