-- Derived tables, worked out once after every import so that a metric stays a few lines.
-- Stamps here are on the workspace's wall clock; durations are minutes.

-- Messages and surveys may come from another export than the tickets: find whose tickets their ids name.
create or replace temp table message_links as
select m.source, t.source as ticket_source
from (select distinct source, ticket_id from messages) m join tickets t on t.id = m.ticket_id
group by 1, 2
qualify row_number() over (partition by m.source order by (m.source = t.source) desc, count(*) desc, t.source) = 1;

create or replace temp table response_links as
select r.source, t.source as ticket_source
from (select distinct source, ticket_id from responses where ticket_id is not null) r join tickets t on t.id = r.ticket_id
group by 1, 2
qualify row_number() over (partition by r.source order by (r.source = t.source) desc, count(*) desc, t.source) = 1;

-- One row per ticket that has messages. A bot or a note never ends the wait for a person.
create or replace temp table threads as
with said as (
  select l.ticket_source as source, m.ticket_id, m.sent_at, m.author_role, coalesce(m.author_id, m.author_name) as author
  from messages m join message_links l using (source)
  where m.public is distinct from false and m.sent_at is not null
),
asked as (
  select source, ticket_id,
    min(sent_at) filter (author_role = 'customer') as asked_at,
    arg_min(author_role, sent_at) filter (author_role in ('customer', 'agent')) as opened_by
  from said group by all
)
select s.source, s.ticket_id, a.asked_at, a.opened_by,
  min(s.sent_at) filter (s.author_role = 'agent' and s.sent_at >= a.asked_at) as first_reply_at,
  count(*) filter (s.author_role = 'agent' and s.sent_at >= a.asked_at) as replies,
  count(distinct s.author) filter (s.author_role = 'agent') as agents,
  max(s.sent_at) filter (s.author_role in ('customer', 'agent')) as last_message_at,
  max(s.sent_at) as newest
from said s join asked a using (source, ticket_id)
group by all;

-- One row per source: how far its data goes, and what it can tell at all. Stamps from the future do not move the clock.
create or replace table sources as
with from_tickets as (
  select source,
    greatest(
      max(created_at) filter (created_at <= now()::timestamp + interval 1 day),
      max(first_reply_at) filter (first_reply_at <= now()::timestamp + interval 1 day),
      max(solved_at) filter (solved_at <= now()::timestamp + interval 1 day),
      max(updated_at) filter (updated_at <= now()::timestamp + interval 1 day)
    ) as newest,
    bool_or(first_reply_at is not null or first_reply_minutes is not null) as knows_replies,
    bool_or(solved_at is not null or resolution_minutes is not null) as knows_solved,
    bool_or(created_at > date_trunc('day', created_at)) as has_time_of_day,
    bool_or(first_reply_business_minutes is not null) as knows_business_replies,
    bool_or(resolution_business_minutes is not null) as knows_business_resolution
  from tickets group by source
),
from_threads as (
  select source, max(newest) as newest, bool_or(first_reply_at is not null) as knows_replies from threads group by source
)
select t.source, local_time(greatest(t.newest, m.newest)) as as_of, greatest(t.newest, m.newest) as as_of_utc,
  t.knows_replies or coalesce(m.knows_replies, false) as knows_replies, t.knows_solved, t.has_time_of_day,
  t.knows_business_replies, t.knows_business_resolution
from from_tickets t left join from_threads m using (source);

-- Customers under one key, whichever of id or e-mail a file knows.
create or replace temp table people as
select id, any_value(lower(email)) as email, any_value(segment) as segment, any_value(plan) as plan,
  any_value(country) as country, any_value(language) as language
from customers group by id;

create or replace temp table people_by_email as
select email, any_value(id) as id, any_value(segment) as segment, any_value(plan) as plan, any_value(country) as country,
  any_value(language) as language
from people where email is not null group by email;

-- One row per ticket.
create or replace table facts as
with joined as (
  select t.*, s.as_of_utc, s.knows_replies, s.knows_solved, s.has_time_of_day, m.asked_at, m.opened_by,
    m.first_reply_at as message_reply_at, m.replies as message_replies, m.agents as message_agents, m.last_message_at,
    coalesce(p.id, e.id, t.customer_id, t.customer_email) as customer,
    coalesce(t.segment, p.segment, e.segment) as customer_segment, coalesce(t.plan, p.plan, e.plan) as customer_plan,
    coalesce(t.country, p.country, e.country) as customer_country, coalesce(t.language, p.language, e.language) as customer_language,
    coalesce(t.status not in ('solved', 'closed', 'deleted', 'spam', 'merged'), t.solved_at is null) as is_open,
    t.created_at is null or t.status in ('deleted', 'spam', 'merged') as left_out
  from tickets t
  join sources s using (source)
  left join threads m on m.source = t.source and m.ticket_id = t.id
  left join people p on p.id = t.customer_id
  left join people_by_email e on e.email = lower(t.customer_email)
),
timed as (
  select *,
    -- Messages know best; then stamps, unless a re-saved file has lost its time of day; then the helpdesk's own duration.
    case when message_reply_at is not null then 'messages'
      when first_reply_at is not null and created_at is not null and (has_time_of_day or first_reply_minutes is null) then 'stamps'
      when first_reply_minutes is not null then 'helpdesk' end as reply_from,
    case reply_from when 'messages' then (epoch_us(message_reply_at) - epoch_us(asked_at)) / 6e7
      when 'stamps' then (epoch_us(first_reply_at) - epoch_us(created_at)) / 6e7 else first_reply_minutes end as reply_took,
    case when solved_at is not null and created_at is not null and (has_time_of_day or resolution_minutes is null)
      then (epoch_us(solved_at) - epoch_us(created_at)) / 6e7 else resolution_minutes end as solving_took,
    coalesce(first_resolution_minutes, (epoch_us(first_solved_at) - epoch_us(created_at)) / 6e7) as first_solving_took,
    (epoch_us(as_of_utc) - epoch_us(created_at)) / 6e7 as age_minutes
  from joined
),
judged as (
  select *,
    case when status in ('deleted', 'spam', 'merged') then status
      when started_by_agent or opened_by = 'agent' then 'started by an agent'
      when reply_took < 0 then 'reply before the ticket was created'
      when reply_took is not null then null
      when created_at is null then 'no created time'
      when not knows_replies then 'no first reply in the file'
      when not is_open then 'solved without a reply' end as reply_left_out,
    case when status in ('deleted', 'spam', 'merged') then status
      when not is_open and solving_took < 0 then 'solved before it was created'
      when not is_open and solving_took is not null then null
      when created_at is null and solved_at < first_reply_at then 'solved before the first reply'
      when created_at is null then 'no created time'
      when not is_open then 'no solved time'
      when not knows_solved then 'no solved time in the file' end as solving_left_out
  from timed
)
select source, id, customer, local_time(created_at) as created_at, local_time(solved_at) as solved_at,
  local_time(coalesce(message_reply_at, first_reply_at, created_at + to_microseconds((first_reply_minutes * 6e7)::bigint))) as replied_at,
  status, is_open, channel, priority, team, agent, type, topic, tags,
  customer_segment as segment, customer_plan as plan, customer_country as country, customer_language as language,
  reply_from, reply_left_out,
  reply_took is not null as reply_seen,
  case when reply_left_out is null then coalesce(reply_took, age_minutes) end as reply_minutes,
  case when reply_left_out is null then first_reply_business_minutes end as reply_business_minutes,
  solving_left_out,
  not is_open as solved_seen,
  case when solving_left_out is null then case when is_open then age_minutes else solving_took end end as resolution_minutes,
  case when solving_left_out is null and not is_open then resolution_business_minutes end as resolution_business_minutes,
  case when first_solving_took >= 0 and status not in ('deleted', 'spam', 'merged') then first_solving_took end as first_resolution_minutes,
  case when is_open then age_minutes end as open_minutes,
  case when asked_at is not null and last_message_at >= asked_at and not is_open
    then (epoch_us(last_message_at) - epoch_us(least(asked_at, created_at))) / 6e7 end as contact_minutes,
  requester_wait_minutes, requester_wait_business_minutes, on_hold_minutes, touch_minutes,
  coalesce(message_replies, replies) as replies, reopens,
  coalesce(nullif(message_agents, 0), assignees) as agents, assignees, groups,
  escalated, first_reply_sla_met, resolution_sla_met
from judged;

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
    case when t.csat_scale = 1 then 0 else 1 end as scale_min, t.csat_scale as scale_max, t.csat_comment as comment,
    t.csat_offered as offered, t.csat_at as answered_at
  from tickets t
  where (t.csat_score is not null or t.csat_offered) and not exists (
    from responses r join response_links l using (source)
    where r.kind = 'csat' and l.ticket_source = t.source and r.ticket_id = t.id)
  union all by name
  select t.source, t.id, 'nps' as kind, t.source as ticket_source, t.id as ticket_id, t.nps_score as score,
    0 as scale_min, 10 as scale_max
  from tickets t where t.nps_score is not null
)
select a.source, a.id, a.kind, a.survey, a.ticket_source, a.ticket_id,
  coalesce(p.id, e.id, f.customer, a.customer_id, a.customer_email) as customer,
  a.score, a.scale_min, a.scale_max, a.comment, a.score is not null as answered, a.offered,
  local_time(a.asked_at) as asked_at,
  coalesce(local_time(a.answered_at), f.solved_at, f.created_at, local_time(a.asked_at)) as said_at,
  case when a.answered_at is not null then 'answer' when f.solved_at is not null then 'solved'
    when f.created_at is not null then 'created' when a.asked_at is not null then 'asked' end as said_from,
  case when a.kind = 'csat' then a.score >= case when a.scale_max <= 3 then a.scale_max when a.scale_max <= 7 then a.scale_max - 1
    when a.scale_max = 100 then 80 else a.scale_max - 2 end end as positive,
  case when a.kind = 'nps' and a.score is not null
    then case when a.score >= 9 then 'promoter' when a.score >= 7 then 'passive' else 'detractor' end end as nps_group,
  coalesce(a.channel, f.channel) as channel, coalesce(a.team, f.team) as team, coalesce(a.agent, f.agent) as agent,
  f.priority, f.type, f.topic, f.tags,
  coalesce(a.segment, f.segment, p.segment, e.segment) as segment, coalesce(a.plan, f.plan, p.plan, e.plan) as plan,
  coalesce(a.country, f.country, p.country, e.country) as country,
  coalesce(a.language, f.language, p.language, e.language) as language,
  f.reply_minutes, f.reply_seen, f.resolution_minutes, f.replies, f.agents, f.reopens
from asked a
left join facts f on f.source = a.ticket_source and f.id = a.ticket_id
left join people p on p.id = a.customer_id
left join people_by_email e on e.email = a.customer_email;

-- One row per stretch of time a customer paid: subscriptions where there are any, else the customer's own dates.
create or replace table spells as
with paid as (
  select coalesce(s.customer_id, e.id, s.customer_email) as customer, s.started_at, s.ended_at, s.mrr, s.plan
  from subscriptions s left join people_by_email e on e.email = lower(s.customer_email)
  where not coalesce(s.trial, false) and s.started_at is not null
)
select customer, local_time(started_at) as started_at, local_time(ended_at) as ended_at, mrr, plan from paid
union all
select c.id, local_time(c.created_at), local_time(c.churned_at), c.mrr, c.plan
from customers c
where c.created_at is not null and (c.churned_at is not null or c.churned is not distinct from false or c.churned is null)
  and not coalesce(c.trial, false)
  and exists (from customers where churned_at is not null)
  and not exists (from paid where paid.customer = c.id);

-- One row per customer known from a customer or a subscription file. `dated`: it is known when they came and left.
create or replace table accounts as
with paying as (
  select customer, min(started_at) as started_at,
    case when bool_or(ended_at is null) then null else max(ended_at) end as ended_at,
    sum(mrr) filter (ended_at is null) as mrr_now, arg_max(mrr, started_at) as mrr_last, arg_max(plan, started_at) as plan
  from spells group by customer
),
known as (
  select id as customer, any_value(source) as source, any_value(name) as name, any_value(lower(email)) as email,
    any_value(organization) as organization, any_value(segment) as segment, any_value(plan) as plan, any_value(country) as country,
    any_value(language) as language, local_time(min(created_at)) as created_at, bool_or(churned) as churned,
    max(tenure_months) as tenure_months, max(mrr) as mrr, max(total_revenue) as total_revenue, bool_or(trial) as trial
  from customers group by id
)
select coalesce(k.customer, p.customer) as customer, k.source, k.name, k.email, k.organization, k.segment,
  coalesce(k.plan, p.plan) as plan, k.country, k.language,
  coalesce(p.started_at, k.created_at) as started_at, p.ended_at, p.customer is not null as dated,
  case when p.customer is not null then p.ended_at is not null else k.churned end as churned,
  coalesce(p.mrr_now, k.mrr, p.mrr_last) as mrr, k.total_revenue, k.tenure_months, k.trial
from known k full join paying p on p.customer = k.customer
