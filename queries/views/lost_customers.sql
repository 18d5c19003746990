-- title: Who left?
-- rows: accounts
-- caveat: Tickets and last answers up to the day they left. The largest first, at most 500.
with gone as (
  select * from accounts
  where churned and case when ended_at is null then $start is null and $end is null
    else ($start is null or ended_at >= $start) and ($end is null or ended_at < $end) end
),
wrote as (
  select g.customer, count(*) as tickets, max(f.created_at) as last_ticket_at
  from gone g join main.facts f on f.customer = g.customer and (g.ended_at is null or f.created_at <= g.ended_at) group by 1
),
said as (
  select g.customer, arg_max(a.score, a.said_at) filter (a.kind = 'csat') as last_csat,
    arg_max(a.positive, a.said_at) filter (a.kind = 'csat') as last_csat_good,
    arg_max(a.score, a.said_at) filter (a.kind = 'nps') as last_nps
  from gone g join main.answers a on a.customer = g.customer and a.score_left_out is null and (g.ended_at is null or a.said_at <= g.ended_at) group by 1
)
select g.customer, g.name, g.organization, g.segment, g.plan, g.started_at, g.ended_at, g.mrr, coalesce(w.tickets, 0) as tickets,
  w.last_ticket_at, s.last_csat, s.last_csat_good, s.last_nps
from gone g left join wrote w using (customer) left join said s using (customer)
order by g.mrr desc nulls last, g.ended_at desc nulls last, g.customer
limit 500
