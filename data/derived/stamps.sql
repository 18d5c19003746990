-- A stamp later than this is a slip of the pen or a sentinel: it must not move the clock the data is read at.
create or replace temp macro believable(stamp) as stamp <= timezone('UTC', now()) + interval 1 day;
-- A re-saved file has lost its time of day; its own zone and the workspace's may both show it as midnight.
create or replace temp macro at_midnight(stamp) as epoch_us(stamp) % 86400000000 = 0;
create or replace temp macro minutes_between(since, until) as (epoch_us(until) - epoch_us(since)) / 6e7;
-- What is longer than two hundred years leads nowhere: no stamp could hold it.
create or replace temp macro later(stamp, minutes) as
  case when abs(minutes) < 1e8 then stamp + to_microseconds(try_cast(minutes * 6e7 as bigint)) end;
