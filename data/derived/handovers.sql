-- One row per ticket on which a second agent wrote: whether the first one wrote again after that.
--   source, ticket_id  the ticket
--   followed_up        whether the first agent wrote again after another had written
create or replace temp table handovers as
with wrote as (
  select l.ticket_source as source, m.ticket_id, m.sent_at, coalesce(m.author_id, m.author_name) as author
  from messages m join message_links l using (source)
  where m.author_role = 'agent' and m.public is distinct from false and believable(m.sent_at) and author is not null
),
placed as (select *, first_value(author) over (partition by source, ticket_id order by sent_at, author) as first_author from wrote)
select source, ticket_id,
  coalesce(max(sent_at) filter (author = first_author) > min(sent_at) filter (author <> first_author), false) as followed_up
from placed group by all having count(distinct author) > 1;
