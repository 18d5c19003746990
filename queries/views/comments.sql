-- title: What did customers write?
-- rows: answers
-- caveat: Newest first; each wording once.
select a.said_at, a.kind, a.score, a.scale_max, a.positive, a.nps_group, a.comment, a.survey, a.channel, a.team, a.segment,
  a.ticket_id, k.name, t.customer_name, coalesce(k.organization, t.organization) as organization
from answers a
left join main.accounts k on k.customer = a.customer
left join main.tickets t on t.source = a.ticket_source and t.id = a.ticket_id
where a.kind = $kind and a.answered and length(trim(a.comment)) > 0
qualify row_number() over (partition by lower(trim(a.comment)) order by a.said_at desc, a.id) = 1
order by a.said_at desc, a.id
limit $most
