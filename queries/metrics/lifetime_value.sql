-- title: Lifetime value
-- question: What is a customer worth over three years?
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
-- clock: revenue at local midnight at the end of the period; staying, from the first day of every customer there ever was until then
-- formula: margin x revenue per account a month x months a customer is expected to stay within 36, the area under the retention curve (Kaplan-Meier)
-- needs: the gross margin (Settings); recurring revenue and start and end dates (or months with us and a churn flag) of customers or subscriptions
-- caveat: Months nobody has been watched for count nothing: with data of less than 36 months, or where hardly anyone has left, it is at least this much.
-- caveat: Later revenue counts like today's; what it costs to win a customer is not taken off.
-- caveat: Also moves with price, product and delivery.
select m.slice, margin() * avg(m.measure) * any_value(e.months) as value, null as low, null as high, count(m.measure) as n
from payments m left join staying e on e.slice = m.slice
where margin() is not null group by m.slice having count(m.measure) > 0
