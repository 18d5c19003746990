-- title: Revenue per account
-- question: What does a customer pay a month?
-- unit: money
-- better: higher
-- band: outcome
-- rows: accounts
-- excludes: case when dated and customer not in (select s.customer from spells s join periods p on s.started_at < p.ends and (s.ended_at is null or s.ended_at >= p.ends)) then 'no customer when the period ended' when not dated and churned then 'has left' when mrr is null then 'no recurring revenue in the file' end
-- clock: at local midnight at the end of the period
-- formula: recurring revenue a month / active accounts
-- needs: recurring revenue of customers or subscriptions
-- caveat: Amounts stand as in the file; different currencies are not converted.
-- caveat: Also moves with price, product and delivery.
-- What each customer paid when the period ended; without dates, those the file does not call churned.
with measures as (
  select coalesce(p.slice, a.slice) as slice, a.customer, coalesce(sum(s.mrr), any_value(a.mrr)) as measure
  from periods p join accounts a on a.dated
  join spells s on s.customer = a.customer and s.started_at < p.ends and (s.ended_at is null or s.ended_at >= p.ends)
  group by 1, 2
  union all
  select slice, customer, mrr from accounts where not dated and churned is distinct from true and slice is not null
)
from mean_of('measures')
