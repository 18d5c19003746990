-- One row per order that stands: not cancelled, never paid or only drafted. Whatever the file says once for the whole order may
-- stand in any of its lines. One who is in no customer file is known by id or e-mail.
--   source, order_id      the order
--   customer              who ordered
--   name, email, country  of whom, as the order has them
--   ordered_at            when; empty where that is not to be believed
--   total                 how much
--   lines                 in how many lines of the file
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
