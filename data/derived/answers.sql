-- One row per survey answer or offer; the latest answer of a ticket counts, a survey file before the ticket's own column.
-- What its columns mean stands once, in queries/columns.toml.
create or replace table answers as
with asked as (
  select r.source, r.id, r.kind, r.survey, l.ticket_source, r.ticket_id, r.customer_id, lower(r.customer_email) as customer_email,
    r.score, r.scale_min, r.scale_max, r.comment, r.sentiment, r.offered, r.asked_at, r.answered_at,
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
  a.score, a.scale_min, a.scale_max, a.comment, a.sentiment as told, a.score is not null as answered, a.score_left_out, a.offered,
  local_time(a.asked_at) as asked_at,
  case when a.answered_at is not null then 'answer' when a.score is null and a.asked_at is not null then 'asked'
    when f.solved_at is not null then 'solved' when f.created_at is not null then 'created' when a.asked_at is not null then 'asked'
    end as said_from,
  case said_from when 'answer' then local_time(a.answered_at) when 'solved' then f.solved_at when 'created' then f.created_at
    else local_time(a.asked_at) end as said_at,
  case when a.kind = 'csat' and a.score_left_out is null
    then a.score >= c.satisfied_from end as positive,
  case when a.kind = 'nps' and a.score_left_out is null
    then case when a.score >= 9 then 'promoter' when a.score >= 7 then 'passive' else 'detractor' end end as nps_group,
  coalesce(a.channel, f.channel) as channel, coalesce(a.team, f.team) as team, coalesce(a.agent, f.agent) as agent,
  f.priority, f.type, f.topic, f.tags,
  coalesce(a.segment, f.segment, p.segment, e.segment) as segment, coalesce(a.plan, f.plan, p.plan, e.plan) as plan,
  coalesce(a.country, f.country, p.country, e.country) as country,
  coalesce(a.language, f.language, p.language, e.language) as language,
  f.reply_minutes, f.reply_seen, f.resolution_minutes, f.solved_seen, f.replies, f.agents, f.reopens
from judged a
left join scales c on c.scale = a.scale_max
left join facts f on f.source = a.ticket_source and f.id = a.ticket_id
left join clashing k on k.id = a.customer_id
left join people p on p.customer = case when k.id is null then a.customer_id else coalesce(a.ticket_source, a.source) || ':' || a.customer_id end
left join people_by_email e on e.email = a.customer_email;
