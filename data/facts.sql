-- Derived tables, worked out once after every import so that a metric stays a few lines.
-- Stamps here are on the workspace's wall clock; durations are minutes.

-- A stamp later than this is a slip of the pen or a sentinel: it must not move the clock the data is read at.
create or replace temp macro believable(stamp) as stamp <= timezone('UTC', now()) + interval 1 day;
-- A re-saved file has lost its time of day; its own zone and the workspace's may both show it as midnight.
create or replace temp macro at_midnight(stamp) as epoch_us(stamp) % 86400000000 = 0;
create or replace temp macro minutes_between(since, until) as (epoch_us(until) - epoch_us(since)) / 6e7;
create or replace temp macro later(stamp, minutes) as stamp + to_microseconds((minutes * 6e7)::bigint);

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

-- Customers under one key, whichever of id or e-mail a file knows. Two sources may use one id for two people: they differ
-- by e-mail, else by name, and then the source becomes part of the key.
create or replace temp table clashing as
select id from customers group by id
having count(distinct source) > 1
  and case when count(email) > 0 then count(distinct lower(email)) > 1 else count(distinct lower(name)) > 1 end;

create or replace temp table people as
select case when k.id is null then c.id else c.source || ':' || c.id end as customer, any_value(c.id) as id,
  min(lower(email)) as email, min(segment) as segment, min(plan) as plan, min(country) as country, min(language) as language
from customers c left join clashing k on k.id = c.id group by 1;

create or replace temp table people_by_email as
select email, min(customer) as customer, min(segment) as segment, min(plan) as plan, min(country) as country, min(language) as language
from people where email is not null group by email;

-- One row per ticket. What the ticket's own export says comes before what its history tells: it is the helpdesk's own count, in
-- its own hours, and a history may begin late or stop early. Where the export has no such column, the history fills it.
create or replace table facts as
with joined as (
  select t.* replace (
      coalesce(t.status, h.status) as status, coalesce(t.reopens, h.reopens) as reopens,
      coalesce(t.assignees, h.assignees) as assignees, coalesce(t.groups, h.groups) as groups
    ),
    s.as_of_utc, s.keeps_hours, s.knows_replies, s.knows_solved, s.knows_first_solved, s.knows_holds, s.knows_open, s.replies_by_day, s.solved_by_day,
    h.first_solved_at as told_first_solved_at, h.solved_at as told_solved_at, h.held_minutes, h.held_since,
    coalesce(t.first_solved_at, h.first_solved_at) as ended_first_at, coalesce(t.solved_at, h.solved_at) as ended_at,
    case when coalesce(t.status, h.status) in ('deleted', 'spam', 'merged') then coalesce(t.status, h.status) end as dropped,
    coalesce(coalesce(t.status, h.status) not in ('solved', 'closed', 'deleted', 'spam', 'merged'), t.solved_at is null and t.resolution_minutes is null) as is_open,
    m.customer_at, m.agent_at, m.answered_at, m.answers, m.agent_messages,
    -- Where the agent's message comes first, either the ticket itself is the question (a form), or the agent opened it.
    coalesce(m.agent_at < m.customer_at, m.agent_at is not null) as agent_first,
    coalesce(m.agent_at > t.created_at + interval 1 minute, false) as agent_later,
    m.agents as message_agents, m.last_message_at, m.bot_wrote, m.newest,
    coalesce(p.customer, e.customer, t.customer_id, lower(t.customer_email)) as customer,
    coalesce(t.segment, p.segment, e.segment) as customer_segment, coalesce(t.plan, p.plan, e.plan) as customer_plan,
    coalesce(t.country, p.country, e.country) as customer_country, coalesce(t.language, p.language, e.language) as customer_language,
    local_time(t.created_at) as local_created, local_time(t.first_reply_at) as local_reply,
    local_time(coalesce(t.solved_at, h.solved_at)) as local_solved
  from every_ticket t
  join sources s using (source)
  left join threads m on m.source = t.source and m.ticket_id = t.id
  left join histories h on h.source = t.source and h.ticket_id = t.id
  left join clashing k on k.id = t.customer_id
  left join people p on p.customer = case when k.id is null then t.customer_id else t.source || ':' || t.customer_id end
  left join people_by_email e on e.email = lower(t.customer_email)
),
stamped as (
  select *,
    started_by_agent or (agent_first and not agent_later) as agent_started,
    case when agent_first and agent_later then created_at else customer_at end as asked_at,
    case when agent_first and agent_later then agent_at else answered_at end as message_reply_at,
    case when agent_first and agent_later then agent_messages when customer_at is not null then answers end as message_replies,
    -- Stamps are exact; the helpdesk's own duration is better where a re-saved file has lost the time of day.
    case when replies_by_day then date_diff('day', local_created, local_reply) * 1440.0
      else minutes_between(created_at, first_reply_at) end as reply_by_stamps,
    first_reply_minutes is not null and (at_midnight(created_at) or at_midnight(first_reply_at) or at_midnight(local_created)
      or at_midnight(local_reply)) as reply_stamps_cut,
    case when solved_by_day and solved_at is not null then date_diff('day', local_created, local_solved) * 1440.0
      else minutes_between(created_at, solved_at) end as solving_by_stamps,
    resolution_minutes is not null and (at_midnight(created_at) or at_midnight(solved_at) or at_midnight(local_created)
      or at_midnight(local_solved)) as solving_stamps_cut,
    minutes_between(created_at, as_of_utc) as age_minutes
  from joined
),
sourced as (
  select *,
    -- Messages know best. A stamp inside a thread where only a bot wrote is the bot's; a zero beside no reply is no reply.
    case when message_reply_at is not null then 'messages'
      when bot_wrote and not coalesce(coalesce(first_reply_at, created_at + to_microseconds((first_reply_minutes * 6e7)::bigint)) > newest, false) then null
      when replies = 0 and coalesce(reply_by_stamps, first_reply_minutes) = 0 then null
      when reply_by_stamps is not null and not reply_stamps_cut then 'stamps'
      when first_reply_minutes is not null then 'helpdesk' end as reply_from,
    case when solving_stamps_cut then resolution_minutes
      else coalesce(solving_by_stamps, resolution_minutes, minutes_between(created_at, told_solved_at)) end as solving_took
  from stamped
),
timed as (
  select *,
    case reply_from when 'messages' then minutes_between(asked_at, message_reply_at)
      when 'stamps' then reply_by_stamps when 'helpdesk' then first_reply_minutes end as reply_took,
    case when first_resolution_minutes is not null and (first_solved_at is null or at_midnight(created_at) or at_midnight(local_created)
      or at_midnight(first_solved_at))
      then first_resolution_minutes
      else coalesce(minutes_between(created_at, first_solved_at), case when reopens = 0 and not is_open then solving_took end,
        minutes_between(created_at, told_first_solved_at))
    end as first_solving_took
  from sourced
),
judged as (
  select *,
    case when dropped is not null then dropped
      when agent_started then 'started by an agent'
      when reply_took < 0 then 'reply before the ticket was created'
      when reply_from = 'stamps' and not coalesce(first_reply_at <= as_of_utc, false) then 'reply in the future'
      when reply_took is not null then null
      when created_at is null then 'no created time'
      when not knows_replies then 'no first reply in the file'
      when coalesce(message_replies, replies) > 0 then 'replied at an unknown time'
      when not is_open and bot_wrote then 'answered by a bot only'
      when not is_open then 'solved without a reply'
      when coalesce(age_minutes < 0, true) then 'created in the future' end as reply_left_out,
    case when dropped is not null then dropped
      when not is_open and solving_took < 0 then 'solved before it was created'
      when not is_open and not coalesce(ended_at <= as_of_utc, ended_at is null) then 'solved in the future'
      when not is_open and solving_took is not null then null
      when created_at is null and ended_at < first_reply_at then 'solved before the first reply'
      when created_at is null then 'no created time'
      when not is_open then 'no solved time'
      when not knows_solved then 'no solved time in the file'
      when coalesce(age_minutes < 0, true) then 'created in the future' end as solving_left_out,
    case when dropped is not null then dropped
      when first_solving_took < 0 then 'solved before it was created'
      when not coalesce(ended_first_at <= as_of_utc, ended_first_at is null) then 'solved in the future'
      when first_solving_took is not null then null
      when created_at is null then 'no created time'
      when not is_open or reopens > 0 then 'no first solved time'
      when not coalesce(knows_first_solved, false) then 'no first solved time in the file'
      when coalesce(age_minutes < 0, true) then 'created in the future' end as first_solving_left_out
  from timed
),
-- Between which moments our own calendar counts. A date without a time of day is no moment; a duration tells the later one.
bounded as (
  select *, calendar_of(team) as calendar,
    case when keeps_hours then created_at end as begins,
    case when not at_midnight(created_at) and not at_midnight(local_created) then created_at end as begins_exactly,
    case when reply_left_out is null and (reply_took is not null or first_reply_business_minutes is null)
      then case when reply_from in ('stamps', 'helpdesk') then begins else coalesce(asked_at, begins) end end as reply_begins,
    case reply_from when 'messages' then message_reply_at when 'stamps' then case when not replies_by_day then first_reply_at end
      when 'helpdesk' then later(begins_exactly, reply_took) else case when reply_took is null then as_of_utc end end as reply_ends,
    case when is_open then as_of_utc
      when solving_stamps_cut or solving_by_stamps is null and resolution_minutes is not null then later(begins_exactly, resolution_minutes)
      when solving_by_stamps is null then told_solved_at when not solved_by_day then solved_at end as solving_ends,
    case when first_solving_took is null then as_of_utc
      when first_solving_took = minutes_between(created_at, first_solved_at) then first_solved_at
      when first_solving_took = first_resolution_minutes then later(begins_exactly, first_resolution_minutes)
      when reopens = 0 and not is_open and solving_took is not null then solving_ends else told_first_solved_at end as first_solving_ends
  from judged
),
-- Where our calendar does not know, the helpdesk's own count in its own business hours stands.
worked_out as (
  select j.*,
    -- Most waits begin with the ticket and most tickets are solved once: then a look-up is saved.
    (worked(w_reply, reply_ends) - case when reply_begins = begins then worked(w_created, begins) else worked(w_asked, reply_begins) end) / 6e7
      as reply_worked,
    case when solving_left_out is null then (worked(w_solved, solving_ends) - worked(w_created, begins)) / 6e7 end as solving_worked,
    case when first_solving_left_out is not null then null
      when first_solving_ends = solving_ends then (worked(w_solved, solving_ends) - worked(w_created, begins)) / 6e7
      else (worked(w_first, first_solving_ends) - worked(w_created, begins)) / 6e7 end as first_solving_worked,
    case when dropped is null and not coalesce(agent_started, false) and (reply_took is null or reply_left_out is null)
      and (reply_from is not null or not coalesce(bot_wrote, false)) and not coalesce(replies = 0 and first_reply_business_minutes = 0, false)
      and first_reply_business_minutes >= 0 then first_reply_business_minutes end as reply_told,
    case when dropped is null and not is_open and resolution_business_minutes >= 0 then resolution_business_minutes end as solving_told,
    case when dropped is null and first_resolution_business_minutes >= 0 then first_resolution_business_minutes end as first_solving_told,
    case when dropped is null and begins is not null then not at_work(w_created, begins) end as created_off_hours
  from bounded j
  left join workdays w_created on w_created.calendar = j.calendar and w_created.day = utc_day(j.begins)
  left join workdays w_asked on w_asked.calendar = j.calendar and w_asked.day = utc_day(case when j.reply_begins is distinct from j.begins then j.reply_begins end)
  left join workdays w_reply on w_reply.calendar = j.calendar and w_reply.day = utc_day(j.reply_ends)
  left join workdays w_solved on w_solved.calendar = j.calendar and w_solved.day = utc_day(j.solving_ends)
  left join workdays w_first on w_first.calendar = j.calendar and w_first.day = utc_day(case when j.first_solving_ends is distinct from j.solving_ends then j.first_solving_ends end)
)
select source, id, customer, local_created as created_at, case when not is_open then local_solved end as solved_at,
  case reply_from when 'messages' then local_time(message_reply_at) when 'stamps' then local_reply
    else local_time(created_at + to_microseconds((reply_took * 6e7)::bigint)) end as replied_at,
  status, dropped, is_open, channel, coalesce(priority_raw, priority) as priority, team, agent, type, topic, string_split(tags, chr(31)) as tags,
  customer_segment as segment, customer_plan as plan, customer_country as country, customer_language as language,
  reply_from, reply_left_out,
  reply_took is not null as reply_seen,
  case when reply_left_out is null then coalesce(reply_took, minutes_between(coalesce(asked_at, created_at), as_of_utc)) end as reply_minutes,
  coalesce(reply_worked, reply_told) as reply_business_minutes,
  case when reply_worked is not null then 'calendar' when reply_told is not null then 'helpdesk' end as reply_business_from,
  created_off_hours,
  solving_left_out,
  not is_open as solved_seen,
  case when solving_left_out is null then case when is_open then age_minutes else solving_took end end as resolution_minutes,
  coalesce(solving_worked, solving_told) as resolution_business_minutes,
  case when solving_worked is not null then 'calendar' when solving_told is not null then 'helpdesk' end as solving_business_from,
  first_solving_left_out,
  first_solving_took is not null as first_solved_seen,
  case when first_solving_left_out is null then coalesce(first_solving_took, age_minutes) end as first_resolution_minutes,
  coalesce(first_solving_worked, first_solving_told) as first_resolution_business_minutes,
  case when first_solving_worked is not null then 'calendar' when first_solving_told is not null then 'helpdesk' end as first_solving_business_from,
  knows_open, case when is_open and knows_open then age_minutes end as open_minutes,
  case when dropped is null and not is_open and last_message_at >= asked_at
    then minutes_between(least(asked_at, created_at), last_message_at) end as contact_minutes,
  requester_wait_minutes, requester_wait_business_minutes,
  case when on_hold_minutes is not null then on_hold_minutes
    when knows_holds then held_minutes + coalesce(case when is_open then minutes_between(held_since, as_of_utc) end, 0) end as on_hold_minutes,
  touch_minutes,
  coalesce(message_replies, replies) as replies, reopens,
  coalesce(nullif(message_agents, 0), assignees) as agents, assignees, groups,
  escalated, first_reply_sla_met, resolution_sla_met
from worked_out;

-- One row per survey answer or offer; the latest answer of a ticket counts, a survey file before the ticket's own column.
create or replace table answers as
with asked as (
  select r.source, r.id, r.kind, r.survey, l.ticket_source, r.ticket_id, r.customer_id, lower(r.customer_email) as customer_email,
    r.score, r.scale_min, r.scale_max, r.comment, r.offered, r.asked_at, r.answered_at,
    r.channel, r.team, r.agent, r.language, r.segment, r.plan, r.country
  from responses r left join response_links l using (source)
  qualify r.ticket_id is null or row_number() over (
    partition by r.kind, r.source, r.ticket_id order by (r.score is not null) desc, r.answered_at desc nulls last, r.id desc) = 1
  union all by name
  select t.source, t.id, 'csat' as kind, t.source as ticket_source, t.id as ticket_id, t.csat_score as score,
    case when t.csat_scale in (1, 10, 100) then 0 else 1 end as scale_min, t.csat_scale as scale_max, t.csat_comment as comment,
    t.csat_offered as offered, t.csat_at as answered_at
  from tickets t
  where (t.csat_score is not null or t.csat_offered) and not exists (
    from responses r join response_links l using (source)
    where r.kind = 'csat' and l.ticket_source = t.source and r.ticket_id = t.id)
  union all by name
  select t.source, t.id, 'nps' as kind, t.source as ticket_source, t.id as ticket_id, t.nps_score as score,
    0 as scale_min, 10 as scale_max
  from tickets t where t.nps_score is not null
),
judged as (
  select *,
    case when score is null then 'asked, not answered'
      when kind = 'nps' and coalesce(scale_max, 10) <> 10 then 'not a question from 0 to 10'
      when kind = 'csat' and scale_max is null then 'scale not known'
      when score < coalesce(scale_min, 0) or score > coalesce(scale_max, 10) and kind in ('csat', 'nps') then 'score outside its scale'
    end as score_left_out
  from asked
)
select a.source, a.id, a.kind, a.survey, a.ticket_source, a.ticket_id,
  coalesce(p.customer, e.customer, f.customer, a.customer_id, a.customer_email) as customer,
  a.score, a.scale_min, a.scale_max, a.comment, a.score is not null as answered, a.score_left_out, a.offered,
  local_time(a.asked_at) as asked_at,
  case when a.answered_at is not null then 'answer' when a.score is null and a.asked_at is not null then 'asked'
    when f.solved_at is not null then 'solved' when f.created_at is not null then 'created' when a.asked_at is not null then 'asked'
    end as said_from,
  case said_from when 'answer' then local_time(a.answered_at) when 'solved' then f.solved_at when 'created' then f.created_at
    else local_time(a.asked_at) end as said_at,
  case when a.kind = 'csat' and a.score_left_out is null
    then a.score >= case when a.scale_max <= 3 then a.scale_max when a.scale_max <= 7 then a.scale_max - 1
      when a.scale_max = 100 then 80 else a.scale_max - 2 end end as positive,
  case when a.kind = 'nps' and a.score_left_out is null
    then case when a.score >= 9 then 'promoter' when a.score >= 7 then 'passive' else 'detractor' end end as nps_group,
  coalesce(a.channel, f.channel) as channel, coalesce(a.team, f.team) as team, coalesce(a.agent, f.agent) as agent,
  f.priority, f.type, f.topic, f.tags,
  coalesce(a.segment, f.segment, p.segment, e.segment) as segment, coalesce(a.plan, f.plan, p.plan, e.plan) as plan,
  coalesce(a.country, f.country, p.country, e.country) as country,
  coalesce(a.language, f.language, p.language, e.language) as language,
  f.reply_minutes, f.reply_seen, f.resolution_minutes, f.replies, f.agents, f.reopens
from judged a
left join facts f on f.source = a.ticket_source and f.id = a.ticket_id
left join clashing k on k.id = a.customer_id
left join people p on p.customer = case when k.id is null then a.customer_id else coalesce(a.ticket_source, a.source) || ':' || a.customer_id end
left join people_by_email e on e.email = a.customer_email;

-- One row per stretch of time a customer paid: subscriptions where there are any, else the customer's own dates.
create or replace table spells as
with paid as (
  select s.source, coalesce(p.customer, e.customer, s.customer_id, lower(s.customer_email)) as customer, s.started_at, s.ended_at, s.mrr, s.plan
  from subscriptions s
  left join clashing k on k.id = s.customer_id
  left join people p on p.customer = case when k.id is null then s.customer_id else s.source || ':' || s.customer_id end
  left join people_by_email e on e.email = lower(s.customer_email)
  where not coalesce(s.trial, false) and s.started_at is not null
)
select source, customer, local_time(started_at) as started_at, local_time(ended_at) as ended_at, mrr, plan from paid
union all
-- A file that dates nobody's leaving cannot say that those without a date stayed; one who left at an unknown time is not dated.
select c.source, p.customer, local_time(c.created_at), local_time(c.churned_at), c.mrr, c.plan
from customers c left join clashing k on k.id = c.id join people p on p.customer = case when k.id is null then c.id else c.source || ':' || c.id end
where c.created_at is not null and (c.churned_at is not null or not coalesce(c.churned, false)) and not coalesce(c.trial, false)
  and c.source in (select source from customers where churned_at is not null)
  and not exists (from paid where paid.customer = p.customer);

-- One row per order that stands: not cancelled, never paid or only drafted. Whatever the file says once for the whole order may
-- stand in any of its lines. One who is in no customer file is known by id or e-mail.
create or replace table purchases as
with placed as (
  select source, order_id, min(customer_id) as customer_id, min(lower(customer_email)) as customer_email,
    min(customer_name) as name, min(country) as country, min(ordered_at) as ordered_at, sum(total) as total, count(*) as lines,
    bool_or(cancelled_at is not null or lower(status) in ('cancelled', 'canceled', 'voided', 'failed', 'expired', 'draft', 'checkout-draft', 'trash', 'abandoned'))
      as withdrawn
  from orders group by source, order_id
)
select o.source, o.order_id, coalesce(p.customer, e.customer, o.customer_id, o.customer_email) as customer, o.name, o.customer_email as email,
  o.country, case when believable(o.ordered_at) then local_time(o.ordered_at) end as ordered_at, o.total, o.lines
from placed o
left join clashing k on k.id = o.customer_id
left join people p on p.customer = case when k.id is null then o.customer_id else o.source || ':' || o.customer_id end
left join people_by_email e on e.email = o.customer_email
where not coalesce(o.withdrawn, false);

-- One row per customer known from a customer, a subscription or an order file. `dated`: it is known when they came and left.
create or replace table accounts as
with paying as (
  select customer, min(source) as source, min(started_at) as started_at,
    case when bool_or(ended_at is null) then null else max(ended_at) end as ended_at,
    sum(mrr) filter (ended_at is null) as mrr_now, arg_max(mrr, started_at) as mrr_last, arg_max(plan, started_at) as plan
  from spells group by customer
),
known as (
  select p.customer, min(c.source) as source, min(c.name) as name, min(lower(c.email)) as email, min(c.organization) as organization,
    min(c.segment) as segment, min(c.plan) as plan, min(c.country) as country, min(c.language) as language,
    local_time(min(c.created_at)) as created_at, bool_or(c.churned or c.churned_at is not null and believable(c.churned_at)) as churned,
    max(c.tenure_months) as tenure_months, max(c.mrr) as mrr, max(c.total_revenue) as total_revenue, bool_or(c.trial) as trial
  from customers c left join clashing k on k.id = c.id join people p on p.customer = case when k.id is null then c.id else c.source || ':' || c.id end
  group by p.customer
)
select coalesce(k.customer, p.customer) as customer, coalesce(k.source, p.source) as source, k.name, k.email, k.organization, k.segment,
  coalesce(k.plan, p.plan) as plan, k.country, k.language,
  coalesce(p.started_at, k.created_at) as started_at, p.ended_at, p.customer is not null as dated,
  case when p.customer is not null then p.ended_at is not null and p.ended_at <= local_time(timezone('UTC', now())) else k.churned end as churned,
  coalesce(p.mrr_now, k.mrr, p.mrr_last) as mrr, k.total_revenue, k.tenure_months, k.trial
from known k full join paying p on p.customer = k.customer
union all by name
select customer, min(source) as source, min(name) as name, min(email) as email, min(country) as country, false as dated
from purchases
where customer is not null and not exists (from known k where k.customer = purchases.customer)
  and not exists (from paying p where p.customer = purchases.customer)
group by customer
