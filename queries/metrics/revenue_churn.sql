-- title: Revenue churn
-- question: How much money left?
-- rests_on: tenure, revenue
-- unit: percent
-- better: lower
-- band: outcome
-- rows: accounts
-- excludes: case when customer in (select customer from tenures where mrr is not null) then null when mrr is null then 'no recurring revenue in the file' when dated then 'not there when the period started' when churned is null then 'not known whether they left' else 'no dates' end
-- clock: as customer churn
-- formula: recurring revenue of the leavers / recurring revenue of all who were there at the start
-- needs: recurring revenue of customers or subscriptions
-- caveat: Dated customers: a period's churn counts who was there at its start and gone at its end; without a period, all customers there ever were.
-- caveat: Where the file has no dates it is the share churned in the file, over no particular time.
-- caveat: Downgrades of customers who stayed are not in it.
-- caveat: Also moves with price, product and delivery.
select slice, 100.0 * coalesce(sum(mrr) filter (gone), 0) / nullif(sum(mrr), 0) as value, null as low, null as high, count(mrr) as n
from tenures group by slice having count(mrr) > 0
