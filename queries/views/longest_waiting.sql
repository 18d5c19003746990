-- title: Who is still waiting for a first answer?
-- rows: tickets
-- caveat: Waiting now, whatever the period of the filter. Oldest first, at most 200.
select r.source, r.id, t.subject, r.created_at, r.open_minutes as waited, r.status, r.channel, r.priority, r.team, r.agent, r.customer,
  t.url
from stock r join main.tickets t on t.source = r.source and t.id = r.id
where r.is_open and not r.reply_seen and r.reply_left_out is null and r.open_minutes is not null
order by r.open_minutes desc, r.id
limit 200
