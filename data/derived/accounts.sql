-- One row per customer known from a customer, a subscription or an order file. `dated`: it is known when they came and left.
-- What its columns mean stands once, in queries/columns.toml.
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
group by customer;
