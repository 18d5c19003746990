-- One row per stretch of time a customer paid: subscriptions where there are any, else the customer's own dates.
--   source, customer      who paid
--   started_at, ended_at  from when until when; no end while they still do
--   mrr                   how much a month
--   plan                  for what
create or replace table spells as
with paid as (
  select s.source, coalesce(p.customer, e.customer, s.customer_id, lower(s.customer_email)) as customer, s.started_at, s.ended_at, s.mrr, s.plan
  from subscriptions s
  left join clashing k on k.id = s.customer_id
  left join people p on p.customer = case when k.id is null then s.customer_id else s.source || ':' || s.customer_id end
  left join people_by_email e on e.email = lower(s.customer_email)
  where not coalesce(s.trial, false) and s.started_at is not null
)
select source, customer, local_time(started_at) as started_at, local_time(ended_at) as ended_at, mrr, plan from paid
union all
-- A file that dates nobody's leaving cannot say that those without a date stayed; one who left at an unknown time is not dated.
select c.source, p.customer, local_time(c.created_at), local_time(c.churned_at), c.mrr, c.plan
from customers c left join clashing k on k.id = c.id join people p on p.customer = case when k.id is null then c.id else c.source || ':' || c.id end
where c.created_at is not null and (c.churned_at is not null or not coalesce(c.churned, false)) and not coalesce(c.trial, false)
  and c.source in (select source from customers where churned_at is not null)
  and not exists (from paid where paid.customer = p.customer);
