-- The cumulative calendar: one row a day in UTC with what was worked before it, so that business time between two moments is two
-- look-ups and a subtraction. Days are UTC's, for stamps are: an hour that the clocks repeat or leave out is then simply
-- what it is, and no stamp needs a time zone. Everything is in microseconds, as stamps are.
create or replace temp table pieces as
with shifts as (
  -- Hours are what the clock on the wall says, in each stretch of time in which it stands equally far ahead of UTC.
  select c.calendar, greatest(epoch(d)::bigint + h.opens * 60 - c.ahead, c.since) as opens,
    least(epoch(d)::bigint + h.closes * 60 - c.ahead, c.until) as closes
  from generate_series(date '1999-12-31', current_date + interval 2 year, interval 1 day) s(d)
  join calendar_hours h on h.weekday = isodow(d)
  join stretches c on c.team is not distinct from h.team
    and epoch(d) + h.opens * 60 - c.ahead < c.until and epoch(d) + h.closes * 60 - c.ahead > c.since
  where not exists (from free_days f where f.calendar = c.calendar and f.day = d)
)
select calendar, day, greatest(opens - day * 86400, 0) * 1000000 as opens, least(closes - day * 86400, 86400) * 1000000 as closes,
  row_number() over (partition by calendar, day order by opens) as place
from shifts, unnest(range(opens // 86400, (closes - 1) // 86400 + 1)) s(day);

create or replace temp table workdays as
select calendar, day, coalesce(sum(sum(closes - opens)) over (
    partition by calendar order by day rows between unbounded preceding and 1 preceding), 0)::bigint as before {columns}
from (
  select calendar, day, opens, closes, place from pieces
  union all
  select distinct c.calendar, d, 0, 0, 0 from stretches c, range(10956, epoch(current_date + interval 2 year)::bigint // 86400) s(d)
)
group by calendar, day;
