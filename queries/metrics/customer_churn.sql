-- title: Customer churn
-- question: Who left?
-- rests_on: tenure
-- unit: percent
-- better: lower
-- band: outcome
-- rows: accounts
-- excludes: case when customer in (select customer from tenures) then null when dated then 'not there when the period started' when churned is null then 'not known whether they left' else 'no dates' end
-- clock: from local midnight at the start of the period to local midnight at its end
-- formula: customers there at the start and gone at the end / customers there at the start
-- needs: subscriptions or customers with start and end dates, or a churn flag
-- caveat: Dated customers: a period's churn counts who was there at its start and gone at its end; without a period, all customers there ever were.
-- caveat: Where the file has no dates it is the share churned in the file, over no particular time.
-- caveat: Newcomers of the period are in neither number. A running period is incomplete. Trials are not customers yet.
-- caveat: Also moves with price, product and delivery.
with votes as (select slice, gone as hit from tenures)
from share_of('votes')
