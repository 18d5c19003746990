-- Derived tables, worked out once after every import so that a metric stays a few lines.
-- Stamps here are on the workspace's wall clock; durations are minutes.

-- A stamp later than this is a slip of the pen or a sentinel: it must not move the clock the data is read at.
create or replace temp macro believable(stamp) as stamp <= timezone('UTC', now()) + interval 1 day;
-- A re-saved file has lost its time of day; its own zone and the workspace's may both show it as midnight.
create or replace temp macro at_midnight(stamp) as epoch_us(stamp) % 86400000000 = 0;
create or replace temp macro minutes_between(since, until) as (epoch_us(until) - epoch_us(since)) / 6e7;
-- What is longer than two hundred years leads nowhere: no stamp could hold it.
create or replace temp macro later(stamp, minutes) as
  case when abs(minutes) < 1e8 then stamp + to_microseconds(try_cast(minutes * 6e7 as bigint)) end;

-- Where there is a history and no ticket table at all, the history is the ticket table: a ticket begins with its first change.
create or replace temp table only_told as
select source, ticket_id as id, min(changed_at) as created_at, arg_max(value, changed_at) filter (field = 'assignee') as agent,
  arg_max(value, changed_at) filter (field = 'team') as team, arg_max(value, changed_at) filter (field = 'priority') as priority
from events where believable(changed_at) and not exists (from tickets) group by 1, 2;

create or replace temp view every_ticket as select * from tickets union all by name select * from only_told;

-- Messages and surveys may come from another export than the tickets: find whose tickets their ids name.
create or replace temp table message_links as
select m.source, t.source as ticket_source
from (select distinct source, ticket_id from messages) m join every_ticket t on t.id = m.ticket_id
group by 1, 2
qualify row_number() over (partition by m.source order by (m.source = t.source) desc, count(*) desc, t.source) = 1;

create or replace temp table response_links as
select r.source, t.source as ticket_source
from (select distinct source, ticket_id from responses where ticket_id is not null) r join every_ticket t on t.id = r.ticket_id
group by 1, 2
qualify row_number() over (partition by r.source order by (r.source = t.source) desc, count(*) desc, t.source) = 1;

-- One row per ticket that has public messages. A bot or a note never ends the wait for a person.
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

-- One row per ticket on which a second agent wrote: whether the first one wrote again after that.
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

-- What is known of a ticket by its history: changes of its fields, and messages that closed it, opened it or gave it to somebody.
-- The same change told twice counts once. A history may know the ticket by another id than its own export.
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

-- One row per ticket with a history. Solved and closed are one state: closing a solved ticket solves nothing.
-- Reopened: from that state back to new, open, pending or hold; deleting, merging or marking as spam neither solves nor reopens.
-- Of changes in the same moment the one that ends the ticket comes last. A hold that has not ended runs on while the ticket is open.
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

-- The few tickets whose team has a calendar of its own.
create or replace temp table own_calendars as
select source, id, calendar_of(team) as calendar from every_ticket where calendar_of(team) is distinct from calendar_of(null);

-- One row per time a customer waited for a person, from the first message nobody had answered to the next public reply;
-- without a reply it is not answered yet. Where a form is the question, its ticket is the first message.
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

-- One row per source: how far its data goes, and what it can tell at all.
create or replace table sources as
with from_tickets as (
  select source,
    greatest(
      max(created_at) filter (believable(created_at)), max(first_reply_at) filter (believable(first_reply_at)),
      max(first_solved_at) filter (believable(first_solved_at)), max(solved_at) filter (believable(solved_at)), max(updated_at) filter (believable(updated_at))
    ) as newest,
    bool_or(first_reply_at is not null or first_reply_minutes is not null) as knows_replies,
    bool_or(solved_at is not null or resolution_minutes is not null) as knows_solved, bool_or(status is not null) as knows_status,
    bool_or(first_solved_at is not null or first_resolution_minutes is not null or reopens = 0 and (solved_at is not null or resolution_minutes is not null)) as knows_first_solved,
    bool_or(not at_midnight(created_at)) as has_time_of_day,
    bool_or(not at_midnight(created_at) and not at_midnight(local_time(created_at))) as keeps_hours,
    -- Dates only, beside created times that have a time of day: then only whole days can be told.
    count(first_reply_at) >= 5 and bool_and(at_midnight(local_time(first_reply_at))) and has_time_of_day as replies_by_day,
    count(solved_at) >= 5 and bool_and(at_midnight(local_time(solved_at))) and has_time_of_day as solved_by_day,
    bool_or(first_reply_business_minutes is not null) as knows_business_replies,
    bool_or(resolution_business_minutes is not null) as knows_business_resolution
  from every_ticket group by source
),
from_threads as (
  select source, max(newest) as newest, bool_or(coalesce(answered_at, agent_at) is not null) as knows_replies from threads group by source
),
-- A history in which nothing was ever on hold does not know holds: then 0 minutes would be made up.
from_histories as (
  select source, max(newest) as newest, bool_or(first_solved_at is not null) as knows_solved, bool_or(status is not null) as knows_status,
    bool_or(held_minutes > 0 or held_since is not null) as knows_holds
  from histories group by source
)
select t.source, local_time(greatest(t.newest, m.newest, h.newest)) as as_of, greatest(t.newest, m.newest, h.newest) as as_of_utc,
  t.knows_replies or coalesce(m.knows_replies, false) as knows_replies, t.knows_solved or coalesce(h.knows_solved, false) as knows_solved,
  coalesce(t.knows_first_solved, false) or coalesce(h.knows_solved, false) as knows_first_solved, coalesce(h.knows_holds, false) as knows_holds, coalesce(t.has_time_of_day, false) as has_time_of_day,
  coalesce(t.keeps_hours, false) as keeps_hours,
  coalesce(t.replies_by_day, false) as replies_by_day, coalesce(t.solved_by_day, false) as solved_by_day,
  t.knows_business_replies, t.knows_business_resolution,
  -- Without any status or solved time nobody can tell an open ticket from a closed one.
  t.knows_status or t.knows_solved or coalesce(h.knows_status, false) as knows_open
from from_tickets t left join from_threads m using (source) left join from_histories h using (source);
