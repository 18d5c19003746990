-- One row per ticket. What the ticket's own export says comes before what its history tells: it is the helpdesk's own count, in
-- its own hours, and a history may begin late or stop early. Where the export has no such column, the history fills it.
-- What its columns mean stands once, in queries/columns.toml.
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
    m.agents as message_agents, m.last_message_at, m.bot_wrote, m.newest, v.followed_up,
    coalesce(p.customer, e.customer, t.customer_id, lower(t.customer_email)) as customer,
    coalesce(t.segment, p.segment, e.segment) as customer_segment, coalesce(t.plan, p.plan, e.plan) as customer_plan,
    coalesce(t.country, p.country, e.country) as customer_country, coalesce(t.language, p.language, e.language) as customer_language,
    local_time(t.created_at) as local_created, local_time(t.first_reply_at) as local_reply,
    local_time(coalesce(t.solved_at, h.solved_at)) as local_solved
  from every_ticket t
  join sources s using (source)
  left join threads m on m.source = t.source and m.ticket_id = t.id
  left join histories h on h.source = t.source and h.ticket_id = t.id
  left join handovers v on v.source = t.source and v.ticket_id = t.id
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
      when bot_wrote and not coalesce(coalesce(first_reply_at, later(created_at, first_reply_minutes)) > newest, false) then null
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
      when reply_from = 'helpdesk' and not coalesce(believable(later(created_at, reply_took)), created_at is null) then 'reply in the future'
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
      when not is_open and (solving_stamps_cut or solving_by_stamps is null) and resolution_minutes is not null
        and not coalesce(believable(later(created_at, resolution_minutes)), created_at is null) then 'solved in the future'
      when not is_open and solving_took is not null then null
      when created_at is null and ended_at < first_reply_at then 'solved before the first reply'
      when created_at is null then 'no created time'
      when not is_open then 'no solved time'
      when not knows_solved then 'no solved time in the file'
      when coalesce(age_minutes < 0, true) then 'created in the future' end as solving_left_out,
    case when dropped is not null then dropped
      when first_solving_took < 0 then 'solved before it was created'
      when not coalesce(ended_first_at <= as_of_utc, ended_first_at is null) then 'solved in the future'
      when first_solving_took = first_resolution_minutes
        and not coalesce(believable(later(created_at, first_resolution_minutes)), created_at is null) then 'solved in the future'
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
    else local_time(later(created_at, reply_took)) end as replied_at,
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
  coalesce(nullif(message_agents, 0), assignees) as agents, assignees, groups, message_agents, followed_up, bot_wrote,
  reply_took is not null or coalesce(message_replies, replies, 0) > 0 as person_replied,
  escalated, first_reply_sla_met, resolution_sla_met,
  subject is not null or description is not null as worded
from worked_out;
