-- title: Do the files agree about who has left?
-- rows: accounts
-- caveat: Customers who still pay by their subscriptions, but whom another file calls gone.
with paying as (select customer from accounts where dated and not churned),
flagged as (
  select distinct a.customer from paying a join main.customers c on c.id = a.customer where c.churned
),
recorded as (
  select distinct e.customer_id as customer from paying a join main.churn_events e on e.customer_id = a.customer
  where not coalesce(e.reactivation, false)
),
counted as (
  select (select count(*) from paying) as paying, (select count(*) from flagged) as flagged, (select count(*) from recorded) as recorded
)
from counted where flagged > 0 or recorded > 0
