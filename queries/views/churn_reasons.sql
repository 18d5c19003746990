-- title: What reasons were given for leaving?
-- rows: accounts
-- caveat: As recorded when a customer or a subscription ended; one customer may have left, or ended a subscription, more than once.
with said as (
  select e.customer_id as customer, wall_clock(e.churned_at) as left_at, e.reason, null::double as mrr
  from main.churn_events e where not coalesce(e.reactivation, false)
  union all
  select coalesce(s.customer_id, k.customer, s.customer_email), wall_clock(s.ended_at), s.cancel_reason, s.mrr
  from main.subscriptions s left join main.accounts k on s.customer_id is null and k.email = lower(s.customer_email)
  where s.cancel_reason is not null and s.ended_at is not null
),
-- A table of customers may say why somebody left; where an event or a subscription says so too, that is the same leaving.
told as (
  from said union all
  select a.customer, a.ended_at, a.cancel_reason, a.mrr from main.accounts a
  where a.cancel_reason is not null and a.churned and a.customer not in (select customer from said where customer is not null)
)
select a.slice, coalesce(nullif(trim(s.reason), ''), 'not given') as reason, count(*) as n, count(distinct s.customer) as customers,
  sum(s.mrr) as mrr
from told s join accounts a using (customer)
where ($start is null or s.left_at >= $start) and ($end is null or s.left_at < $end)
group by 1, 2
order by 1, n desc, 2
