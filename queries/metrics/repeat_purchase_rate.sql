-- title: Repeat purchases
-- question: Who bought again?
-- rests_on: orders, requesters
-- unit: percent
-- better: higher
-- band: outcome
-- rows: accounts
-- counts: customer in (select customer from main.purchases)
-- excludes: case when customer in (select customer from buyers) then null when customer in (select customer from main.purchases where ordered_at is not null) then 'no order in this period' else 'no order date in the file' end
-- clock: by order date, local midnight to midnight
-- formula: customers with a later order in the period / customers with an order in the period
-- needs: orders with a date and the customer's id or e-mail
-- caveat: A longer period gives more time to come back: compare only periods of the same length. A running period is incomplete.
-- caveat: Cancelled, voided and failed orders are none; one refunded afterwards was placed and counts. Two orders in the same moment are one visit.
-- caveat: Also moves with price, product and delivery.
with votes as (select slice, again as hit from buyers)
from share_of('votes')
