-- title: Do customers who were served badly leave?
-- rows: accounts
-- caveat: Customers there at the start of the period, by their tickets of the 180 days before it; without a period, by all tickets until they left. Associated with, not caused by.
with watched as (
  select t.customer, bool_or(t.gone) as gone, coalesce($start, any_value(k.ended_at)) as until
  from tenures t join main.accounts k using (customer) group by t.customer
),
-- Which of their tickets came in time is asked after the join: as part of it, it would be asked of every ticket for every customer.
met as (
  select w.customer, w.gone, f.id, f.reply_minutes, f.reply_seen, f.reopens, w.until is null or f.created_at < w.until as in_time
  from watched w left join main.facts f on f.customer = w.customer and f.dropped is null
    and ($start is null or f.created_at + interval 180 day >= $start)
),
served as (
  select customer, gone, count(id) filter (in_time) as tickets, median(reply_minutes) filter (reply_seen and in_time) as wait,
    bool_or(reopens > 0) filter (in_time) as reopened
  from met group by 1, 2
),
placed as (
  select *, 1 + least(3, 4 * (rank() over (order by wait) - 1) // count(*) over ()) as quarter from served where wait is not null
),
grouped as (
  select 'wait' as about, quarter, gone, wait from placed
  union all
  select 'no ticket', null, gone, null from served where tickets = 0
  union all
  select if(reopened, 'a ticket was reopened', 'solved at once'), null, gone, null from served where reopened is not null
)
select about, quarter, max(wait) as wait_to, 100.0 * count(*) filter (gone) / count(*) as value,
  wilson_low(count(*) filter (gone), count(*)) as low, wilson_high(count(*) filter (gone), count(*)) as high, count(*) as n
from grouped
group by about, quarter
order by array_position(['no ticket', 'wait', 'solved at once', 'a ticket was reopened'], about), quarter
