-- title: Who waited longest for a first answer?
-- rows: tickets
-- event: replied_at
-- caveat: Slowest first, at most 200.
select r.source, r.id, t.subject, r.created_at, r.replied_at, r.reply_wait as waited, r.status, r.channel, r.priority, r.team, r.agent,
  r.customer, t.url
from tickets r join main.tickets t on t.source = r.source and t.id = r.id
where r.reply_seen and r.reply_left_out is null and r.reply_wait is not null
order by r.reply_wait desc, r.id
limit 200
