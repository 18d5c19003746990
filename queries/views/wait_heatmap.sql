-- title: When do customers write, and when do they wait?
-- rows: tickets
-- caveat: Waits are the plain median over answered tickets. Files without a time of day are left out.
select dayname(t.created_at) as weekday, hour(t.created_at)::integer as hour, count(*) as tickets,
  median(t.reply_wait) filter (t.reply_left_out is null and t.reply_seen) as wait,
  count(t.reply_wait) filter (t.reply_left_out is null and t.reply_seen) as answered
from tickets t join main.sources s on s.source = t.source and s.has_time_of_day
where t.created_at is not null
group by isodow(t.created_at), 1, 2
order by isodow(t.created_at), 2
