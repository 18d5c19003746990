-- One row per time a customer waited for a person, from the first message nobody had answered to the next public reply;
-- without a reply it is not answered yet. Where a form is the question, its ticket is the first message.
--   source, ticket_id     the ticket
--   asked                 the first message that nobody had answered yet, as it is stored (UTC)
--   answered              the next public reply; empty while there is none
--   asked_at, replied_at  the same two on the workspace's clock
--   minutes               between them
--   business_minutes      between them by our calendar; empty where none is set
create or replace table replies as
with said as (
  select l.ticket_source as source, m.ticket_id, m.sent_at, m.author_role = 'agent' as by_agent
  from messages m join message_links l using (source)
  where m.author_role in ('customer', 'agent') and m.public is distinct from false and believable(m.sent_at)
  union all
  select t.source, t.id, t.created_at, false from threads h join every_ticket t on t.source = h.source and t.id = h.ticket_id
  where coalesce(h.agent_at < h.customer_at, h.agent_at is not null) and h.agent_at > t.created_at + interval 1 minute
    and not coalesce(t.started_by_agent, false)
),
-- Whatever comes between two messages of agents, and the second of the two, is one turn.
turns as (
  select *, coalesce(sum(by_agent::int) over (
    partition by source, ticket_id order by sent_at, by_agent rows between unbounded preceding and 1 preceding), 0) as turn
  from said
),
waited as (
  select source, ticket_id, min(sent_at) filter (not by_agent) as asked, min(sent_at) filter (by_agent) as answered
  from turns group by source, ticket_id, turn having asked is not null
)
select w.*, local_time(asked) as asked_at, local_time(answered) as replied_at, minutes_between(asked, answered) as minutes,
  (worked(b, answered) - worked(a, asked)) / 6e7 as business_minutes
from waited w left join own_calendars c on c.source = w.source and c.id = w.ticket_id
left join workdays a on a.calendar = coalesce(c.calendar, calendar_of(null)) and a.day = utc_day(w.asked)
left join workdays b on b.calendar = coalesce(c.calendar, calendar_of(null)) and b.day = utc_day(w.answered);
