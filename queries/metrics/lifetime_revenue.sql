-- title: Lifetime revenue
-- question: What does a customer bring in over three years?
-- rests_on: tenure, revenue
-- unit: money
-- better: higher
-- band: outcome
-- rows: accounts
-- excludes: case when dated and customer not in (select s.customer from spells s join periods p on s.started_at < p.ends and (s.ended_at is null or s.ended_at >= p.ends)) then 'no customer when the period ended' when not dated and churned then 'has left' when mrr is null then 'no recurring revenue in the file' end
-- clock: revenue at local midnight at the end of the period; staying, from the first day of every customer there ever was until then
-- formula: revenue per account a month x months a customer is expected to stay within 36, the area under the retention curve (Kaplan-Meier)
-- needs: recurring revenue and start and end dates (or months with us and a churn flag) of customers or subscriptions
-- caveat: Revenue, not profit: without the margin it is no lifetime value.
-- caveat: Months nobody has been watched for count nothing: with data of less than 36 months, or where hardly anyone has left, it is at least this much.
-- caveat: Later revenue counts like today's, and revenue per account is taken as it stands.
-- caveat: Also moves with price, product and delivery.
select m.slice, avg(m.measure) * any_value(e.months) as value, null as low, null as high, count(m.measure) as n
from payments m left join staying e on e.slice = m.slice group by m.slice having count(m.measure) > 0
