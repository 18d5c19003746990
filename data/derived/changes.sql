-- What is known of a ticket by its history: changes of its fields, and messages that closed it, opened it or gave it to somebody.
-- The same change told twice counts once. A history may know the ticket by another id than its own export.
--   source, ticket_id  the ticket, by the ids its own export has
--   changed_at         when
--   field              status, assignee or team
--   value              what it became
create or replace temp table changes as
with named as (
  select source, ticket_id, changed_at, field, value from events
  where field in ('status', 'assignee', 'team') and value is not null and believable(changed_at)
  union all
  select m.source, m.ticket_id, m.sent_at, w.field, w.value
  from messages m, (values ('status', m.ticket_status), ('assignee', m.ticket_agent), ('team', m.ticket_team)) w(field, value)
  where (m.ticket_status is not null or m.ticket_agent is not null or m.ticket_team is not null)
    and w.value is not null and believable(m.sent_at)
),
known as (
  select n.source, n.ticket_id, t.source as ticket_source, t.id from (select distinct source, ticket_id from named) n join every_ticket t on t.id = n.ticket_id
  union
  select n.source, n.ticket_id, t.source, t.id from (select distinct source, ticket_id from named) n join every_ticket t on t.internal_id = n.ticket_id
),
links as (
  select source, ticket_source from known group by 1, 2
  qualify row_number() over (partition by source order by (source = ticket_source) desc, count(*) desc, ticket_source) = 1
)
select distinct k.ticket_source as source, k.id as ticket_id, n.changed_at, n.field, n.value
from named n join links l using (source) join known k on k.source = n.source and k.ticket_id = n.ticket_id and k.ticket_source = l.ticket_source;
