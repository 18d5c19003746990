-- title: Lifetime value, simple formula
-- question: What does the usual formula say a customer is worth?
-- rests_on: tenure, revenue
-- unit: money
-- better: higher
-- band: outcome
-- rows: accounts
-- over: customers_at_end
-- estimate: own
-- left_out: no margin is set = margin() is null
-- left_out: no customer when the period ended = dated and not at_end
-- left_out: has left = not dated and churned
-- left_out: no recurring revenue in the file = mrr is null
-- clock: revenue at local midnight at the end of the period; churn, of every customer there ever was until then
-- formula: margin x revenue per account a month / monthly churn; monthly churn = customers lost / months that customers were watched
-- needs: the gross margin (Settings); recurring revenue and start and end dates (or months with us and a churn flag) of customers or subscriptions
-- caveat: Takes for granted that churn stays as it was, for ever: it is larger than the value over three years.
-- caveat: Unknown while nobody has left.
-- caveat: Also moves with price, product and delivery.
select m.slice, margin() * avg(m.measure) / any_value(c.churn) as value, null as low, null as high, count(m.measure) as n
from payments m
join (select slice, count(*) filter (seen) / nullif(sum(minutes), 0) as churn from stays group by slice having count(*) filter (seen) > 0) c
  on c.slice = m.slice
where margin() is not null group by m.slice having count(m.measure) > 0
