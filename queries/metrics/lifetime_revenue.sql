-- title: Lifetime revenue
-- question: What does a customer bring in over three years?
-- unit: money
-- better: higher
-- band: outcome
-- rows: accounts
-- excludes: case when dated and customer not in (select s.customer from spells s join periods p on s.started_at < p.ends and (s.ended_at is null or s.ended_at >= p.ends)) then 'no customer when the period ended' when not dated and churned then 'has left' when mrr is null then 'no recurring revenue in the file' end
-- clock: revenue at local midnight at the end of the period; staying, from the first day of every customer there ever was until then
-- formula: revenue per account a month x months a customer is expected to stay within 36, the area under the retention curve (Kaplan-Meier)
-- needs: recurring revenue and start and end dates (or months with us and a churn flag) of customers or subscriptions
-- caveat: Revenue, not profit: without the margin it is no lifetime value.
-- caveat: Months nobody has been watched for count nothing: with data of less than 36 months, or where hardly anyone has left, it is at least this much.
-- caveat: Later revenue counts like today's, and revenue per account is taken as it stands.
-- caveat: Also moves with price, product and delivery.
with waits as (  -- in months of 1/12 of a year; the survival macro calls time minutes
  select coalesce(p.slice, a.slice) as slice, coalesce(a.ended_at < p.ends, false) as seen,
    greatest(0, date_diff('second', a.started_at, least(a.ended_at, p.ends)) / 2629746.0) as minutes
  from periods p join accounts a on a.dated and a.started_at < p.ends
  union all
  select slice, churned, tenure_months from accounts where not dated and tenure_months > 0 and churned is not null and slice is not null
),
watched as (select slice, least(36, max(minutes)) as months from waits group by slice),
steps as (select *, coalesce(lag(surviving) over (partition by slice order by minutes), 1) - surviving as lost from survival_of('waits')),
staying as (
  select w.slice, w.months - coalesce(sum(s.lost * greatest(0, w.months - s.minutes)), 0) as months
  from watched w left join steps s on s.slice = w.slice group by w.slice, w.months
)
select m.slice, avg(m.measure) * any_value(e.months) as value, null as low, null as high, count(m.measure) as n
from payments m left join staying e on e.slice = m.slice group by m.slice having count(m.measure) > 0
