-- Derived tables: customers, what they paid and ordered. Read after answers.sql.

-- One row per stretch of time a customer paid: subscriptions where there are any, else the customer's own dates.
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

-- One row per order that stands: not cancelled, never paid or only drafted. Whatever the file says once for the whole order may
-- stand in any of its lines. One who is in no customer file is known by id or e-mail.
create or replace table purchases as
with placed as (
  select source, order_id, min(customer_id) as customer_id, min(lower(customer_email)) as customer_email,
    min(customer_name) as name, min(country) as country, min(ordered_at) as ordered_at, sum(total) as total, count(*) as lines,
    bool_or(cancelled_at is not null or lower(status) in ('cancelled', 'canceled', 'voided', 'failed', 'expired', 'draft', 'checkout-draft', 'trash', 'abandoned'))
      as withdrawn
  from orders group by source, order_id
)
select o.source, o.order_id, coalesce(p.customer, e.customer, o.customer_id, o.customer_email) as customer, o.name, o.customer_email as email,
  o.country, case when believable(o.ordered_at) then local_time(o.ordered_at) end as ordered_at, o.total, o.lines
from placed o
left join clashing k on k.id = o.customer_id
left join people p on p.customer = case when k.id is null then o.customer_id else o.source || ':' || o.customer_id end
left join people_by_email e on e.email = o.customer_email
where not coalesce(o.withdrawn, false);

-- One row per customer known from a customer, a subscription or an order file. `dated`: it is known when they came and left.
create or replace table accounts as
with paying as (
  select customer, min(source) as source, min(started_at) as started_at,
    case when bool_or(ended_at is null) then null else max(ended_at) end as ended_at,
    sum(mrr) filter (ended_at is null) as mrr_now, arg_max(mrr, started_at) as mrr_last, arg_max(plan, started_at) as plan
  from spells group by customer
),
known as (
  select p.customer, min(c.source) as source, min(c.name) as name, min(lower(c.email)) as email, min(c.organization) as organization,
    min(c.segment) as segment, min(c.plan) as plan, min(c.country) as country, min(c.language) as language,
    local_time(min(c.created_at)) as created_at, bool_or(c.churned or c.churned_at is not null and believable(c.churned_at)) as churned,
    max(c.tenure_months) as tenure_months, max(c.mrr) as mrr, max(c.total_revenue) as total_revenue, bool_or(c.trial) as trial,
    max(c.cancel_reason) as cancel_reason
  from customers c left join clashing k on k.id = c.id join people p on p.customer = case when k.id is null then c.id else c.source || ':' || c.id end
  group by p.customer
)
select coalesce(k.customer, p.customer) as customer, coalesce(k.source, p.source) as source, k.name, k.email, k.organization, k.segment,
  coalesce(k.plan, p.plan) as plan, k.country, k.language,
  coalesce(p.started_at, k.created_at) as started_at, p.ended_at, p.customer is not null as dated,
  case when p.customer is not null then p.ended_at is not null and p.ended_at <= local_time(timezone('UTC', now())) else k.churned end as churned,
  coalesce(p.mrr_now, k.mrr, p.mrr_last) as mrr, k.total_revenue, k.tenure_months, k.trial, k.cancel_reason
from known k full join paying p on p.customer = k.customer
union all by name
select customer, min(source) as source, min(name) as name, min(email) as email, min(country) as country, false as dated
from purchases
where customer is not null and not exists (from known k where k.customer = purchases.customer)
  and not exists (from paying p where p.customer = purchases.customer)
group by customer
