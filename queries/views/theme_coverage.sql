-- title: How many texts are about a theme we know?
-- rows: tickets
-- needs_tags: themes
-- wants: dropped
-- caveat: Ticket subjects and survey comments under the filters.
with texts as (
  select exists (from main.ticket_themes h where h.source = r.source and h.id = r.id) as known
  from tickets r where r.worded
  union all
  select exists (from main.answer_themes h where h.kind = r.kind and h.source = r.source and h.id = r.id) from answers r where r.comment is not null
)
select 100.0 * count(*) filter (known) / count(*) as value, count(*) as n from texts having count(*) > 0
