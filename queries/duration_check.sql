-- A row for each ticket and each count that the file has ready-made and the stamps or messages give too: `told` and `worked`, in
-- minutes, and what may be behind it where they are more than a minute apart.
stamped as (
  select r.*, t.subject, t.url, t.first_reply_minutes as reply_told, t.resolution_minutes as resolution_told,
    t.first_reply_business_minutes as reply_business_told, t.resolution_business_minutes as resolution_business_told,
    epoch_us(t.created_at) % 86400000000 = 0 or epoch_us(t.first_reply_at) % 86400000000 = 0
      or epoch_us(t.solved_at) % 86400000000 = 0 as by_day,
    if(r.reply_from = 'messages', r.reply_minutes, (epoch_us(t.first_reply_at) - epoch_us(t.created_at)) / 6e7) as reply_worked,
    (epoch_us(t.solved_at) - epoch_us(t.created_at)) / 6e7 as resolution_worked,
    r.first_resolution_minutes as first_worked, b.id is not null as bot_wrote
  from tickets r join main.tickets t on t.source = r.source and t.id = r.id
  left join (select distinct ticket_id as id from main.messages where author_role = 'bot') b on b.id = r.id
),
pairs as (
  select 'reply' as pair, *, reply_told as told, reply_worked as worked from stamped
  union all select 'resolution', *, resolution_told, resolution_worked from stamped
  union all select 'reply in business hours', *, reply_business_told, reply_business_minutes from stamped
    where reply_business_from = 'calendar'
  union all select 'resolution in business hours', *, resolution_business_told, resolution_business_minutes from stamped
    where solving_business_from = 'calendar'
),
checked as (
  select *, told - worked as apart,
    case when abs(told - worked) <= 1 then null
      when by_day then 'the stamps have lost their time of day'
      when pair = 'reply' and abs(told - reply_business_minutes) <= 1 then 'the file counts business hours'
      when pair = 'resolution' and abs(told - resolution_business_minutes) <= 1 then 'the file counts business hours'
      when pair = 'resolution' and reopens > 0 and abs(told - first_worked) <= 1 then 'the file stops at the first solving'
      when pair like 'reply%' and reply_left_out = 'started by an agent' then 'an agent started the ticket'
      when pair like 'reply%' and bot_wrote and told < worked then 'the file counts the reply of a bot'
      when pair like '%business hours' then 'other business hours than those set here'
      when abs(told - worked) >= 59 and abs((told - worked) - 60 * round((told - worked) / 60)) <= 1
        then 'whole hours apart: a time zone or the clock change'
      when abs(told - worked) < 60 and told % 60 = 0 then 'the file is rounded to hours'
      else 'no reason found' end as reason
  from pairs where told is not null and worked is not null
)
