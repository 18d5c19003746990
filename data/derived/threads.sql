-- One row per ticket that has public messages. A bot or a note never ends the wait for a person.
--   source, ticket_id  the ticket
--   customer_at        the customer's first message
--   agent_at           the first one of an agent
--   answered_at        the first one of an agent after the customer's first
--   answers            how many of these there are
--   agent_messages     how many messages agents wrote in all
--   agents             how many agents wrote
--   bot_wrote          whether a bot wrote
--   last_message_at    the last message of a customer or an agent
--   newest             the last message of anybody
create or replace temp table threads as
with said as (
  select l.ticket_source as source, m.ticket_id, m.sent_at, m.author_role as role, coalesce(m.author_id, m.author_name) as author
  from messages m join message_links l using (source)
  where m.public is distinct from false and believable(m.sent_at)
),
asked as (
  select source, ticket_id, min(sent_at) filter (role = 'customer') as customer_at, min(sent_at) filter (role = 'agent') as agent_at
  from said group by all
)
select s.source, s.ticket_id, a.customer_at, a.agent_at,
  min(s.sent_at) filter (s.role = 'agent' and s.sent_at >= a.customer_at) as answered_at,
  count(*) filter (s.role = 'agent' and s.sent_at >= a.customer_at) as answers,
  count(*) filter (s.role = 'agent') as agent_messages,
  count(distinct s.author) filter (s.role = 'agent') as agents,
  bool_or(s.role = 'bot') as bot_wrote,
  max(s.sent_at) filter (s.role in ('customer', 'agent')) as last_message_at,
  max(s.sent_at) as newest
from said s join asked a using (source, ticket_id)
group by all;
