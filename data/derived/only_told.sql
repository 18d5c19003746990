-- Where there is a history and no ticket table at all, the history is the ticket table: a ticket begins with its first change.
--   source, id             a ticket that only a history tells of
--   created_at             its first change
--   agent, team, priority  what they last became
create or replace temp table only_told as
select source, ticket_id as id, min(changed_at) as created_at, arg_max(value, changed_at) filter (field = 'assignee') as agent,
  arg_max(value, changed_at) filter (field = 'team') as team, arg_max(value, changed_at) filter (field = 'priority') as priority
from events where believable(changed_at) and not exists (from tickets) group by 1, 2;
