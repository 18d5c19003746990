-- title: What do they say, in their own words?
-- rows: answers
-- needs_tags: themes
-- caveat: Comments that name the theme themselves; each wording once.
select a.said_at, a.kind, a.score, a.scale_min, a.scale_max, a.comment, a.source, a.ticket_id, a.customer, k.name, t.customer_name,
  coalesce(k.organization, t.organization) as organization
from answers a
join main.answer_themes h on h.kind = a.kind and h.source = a.source and h.id = a.id and h.theme = $quoted
left join main.accounts k on k.customer = a.customer
left join main.tickets t on t.source = a.ticket_source and t.id = a.ticket_id
-- The comment itself, made plain as for tagging: an answer also carries the themes of its ticket.
where a.answered and length(trim(a.comment)) > 0 and regexp_matches(regexp_replace(
  replace(replace(lower(strip_accents(a.comment)), '''', ''), '’', ''), $without, ' | ', 'g'), $pattern)
qualify row_number() over (partition by lower(trim(a.comment)) order by a.said_at desc, a.id) = 1
-- Scores of any scale on one: 0 the worst answer there is, 1 the best.
order by case when $worst_first then 1 else -1 end * (a.score - coalesce(a.scale_min, case when a.kind = 'nps' or a.scale_max = 1 then 0 else 1 end))
    / nullif(a.scale_max - coalesce(a.scale_min, case when a.kind = 'nps' or a.scale_max = 1 then 0 else 1 end), 0),
  a.said_at desc, a.id
limit $most
