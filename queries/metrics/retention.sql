-- title: Retention
-- question: Who stayed?
-- rests_on: tenure
-- unit: percent
-- better: higher
-- band: outcome
-- rows: accounts
-- excludes: case when customer in (select customer from tenures) then null when dated then 'not there when the period started' when churned is null then 'not known whether they left' else 'no dates' end
-- clock: as customer churn
-- formula: 1 - customer churn, on the same base
-- needs: as customer churn
-- caveat: Dated customers: a period's churn counts who was there at its start and gone at its end; without a period, all customers there ever were.
-- caveat: Where the file has no dates it is the share churned in the file, over no particular time.
-- caveat: Also moves with price, product and delivery.
with votes as (select slice, not gone as hit from tenures)
from share_of('votes')
