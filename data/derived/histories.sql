-- One row per ticket with a history. Solved and closed are one state: closing a solved ticket solves nothing.
-- Reopened: from that state back to new, open, pending or hold; deleting, merging or marking as spam neither solves nor reopens.
-- Of changes in the same moment the one that ends the ticket comes last. A hold that has not ended runs on while the ticket is open.
--   source, ticket_id  the ticket
--   newest             its last change
--   status             what it is now
--   first_solved_at    when it first came to be solved or closed
--   solved_at          when it last did, if it is so still
--   reopens            how often it went back
--   held_minutes       how long it was on hold, where that has ended
--   held_since         since when it is on hold, where that has not
--   assignees          how many agents held it
--   groups             how many teams
create or replace temp table histories as
with stated as (
  select *, case when value in ('solved', 'closed') then true when value in ('new', 'open', 'pending', 'hold') then false end as ended
  from changes where field = 'status'
),
steps as (
  select *, lag(ended ignore nulls) over later as had_ended, lead(ended ignore nulls) over later is null as last_known,
    lead(changed_at) over later as until
  from stated window later as (partition by source, ticket_id order by changed_at, ended nulls last, value)
),
states as (
  select source, ticket_id, max(value) filter (until is null) as status, max(changed_at) as newest,
    min(changed_at) filter (ended) as first_solved_at,
    case when bool_or(ended) filter (last_known) then max(changed_at) filter (ended and had_ended is distinct from true) end as solved_at,
    count(*) filter (not ended and had_ended) as reopens,
    coalesce(sum(minutes_between(changed_at, until)) filter (value = 'hold'), 0) as held_minutes,
    max(changed_at) filter (value = 'hold' and until is null) as held_since
  from steps group by all
),
holders as (
  select source, ticket_id, max(changed_at) as newest,
    nullif(count(distinct value) filter (field = 'assignee'), 0) as assignees,
    nullif(count(distinct value) filter (field = 'team'), 0) as groups
  from changes where field <> 'status' group by all
)
select coalesce(s.source, h.source) as source, coalesce(s.ticket_id, h.ticket_id) as ticket_id, greatest(s.newest, h.newest) as newest,
  s.status, s.first_solved_at, s.solved_at, s.reopens, s.held_minutes, s.held_since, h.assignees, h.groups
from states s full join holders h on h.source = s.source and h.ticket_id = s.ticket_id;
