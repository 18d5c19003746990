-- title: Which customers may leave next?
-- rows: accounts
-- caveat: Customers there when the period ended whose last answer was dissatisfied, or would not recommend. The largest first, at most 500.
with there as (select customer, max(measure) as mrr from payments group by customer),
said as (
  select t.customer, arg_max(a.score, a.said_at) filter (a.kind = 'csat') as last_csat,
    arg_max(a.positive, a.said_at) filter (a.kind = 'csat') as csat_good,
    arg_max(a.score, a.said_at) filter (a.kind = 'nps') as last_nps,
    arg_max(a.nps_group, a.said_at) filter (a.kind = 'nps') as nps_group, max(a.said_at) as said_at
  from there t join main.answers a on a.customer = t.customer and a.score_left_out is null and ($end is null or a.said_at < $end)
  group by 1
),
wrote as (
  select t.customer, count(*) as tickets, median(f.reply_minutes) filter (f.reply_seen) as wait
  from there t join main.facts f on f.customer = t.customer and f.dropped is null
    and ($start is null or f.created_at >= $start) and ($end is null or f.created_at < $end)
  group by 1
)
select t.customer, k.name, k.organization, k.segment, k.plan, t.mrr, s.last_csat, s.last_nps, s.said_at,
  coalesce(w.tickets, 0) as tickets, w.wait, count(*) over () as of_customers, sum(t.mrr) over () as of_mrr
from there t join said s using (customer) join main.accounts k using (customer) left join wrote w using (customer)
where s.csat_good is false or s.nps_group = 'detractor'
order by t.mrr desc nulls last, s.said_at desc nulls last, t.customer
limit 500
