-- Intervals and estimates, once for every metric. Shares go in as counts and come out in percent.
-- 1.959964 is the 97.5 % point of the normal distribution: every interval here is 95 %.

-- Wilson (1927), score interval of a share.
create or replace macro wilson_centre(k, n) as (k + 1.920729) / (n + 3.841459);
create or replace macro wilson_margin(k, n) as 1.959964 / (n + 3.841459) * sqrt(k * (n - k) / n::double + 0.960365);
create or replace macro wilson_low(k, n) as
  case when n > 0 then 100 * case when k = 0 then 0 else greatest(0, wilson_centre(k, n) - wilson_margin(k, n)) end end;
create or replace macro wilson_high(k, n) as
  case when n > 0 then 100 * case when k = n then 1 else least(1, wilson_centre(k, n) + wilson_margin(k, n)) end end;

-- Newcombe (1998): interval of the difference between two shares, in points, put together from their Wilson intervals.
create or replace macro newcombe_low(k, n, l, m) as 100.0 * k / n - 100.0 * l / m
  - sqrt((100.0 * k / n - wilson_low(k, n)) ** 2 + (wilson_high(l, m) - 100.0 * l / m) ** 2);
create or replace macro newcombe_high(k, n, l, m) as 100.0 * k / n - 100.0 * l / m
  + sqrt((wilson_high(k, n) - 100.0 * k / n) ** 2 + (100.0 * l / m - wilson_low(l, m)) ** 2);

-- 97.5 % point of Student's t: tabled for tiny samples, else Abramowitz and Stegun 26.7.5.
create or replace macro t_point(df) as case
  when df < 1 then null when df = 1 then 12.7062 when df = 2 then 4.30265 when df = 3 then 3.18245 when df = 4 then 2.77645
  else 1.959964 + 2.372272 / df + 2.822499 / df ** 2 + 2.555852 / df ** 3 + 1.589536 / df ** 4 end;

-- The limit that held for a ticket on the day it came in, in minutes: the promise closest to it, counted in these hours if there
-- is one; of several the one that is for the most. `otherwise` where nothing was promised. A list, for a join would be paid by
-- every number that looks at tickets.
create or replace macro promised(about, counted, otherwise, of_channel, of_priority, of_segment, of_day) as
  case when not exists (from targets t where t.metric = about and t.minutes is not null) then otherwise else coalesce(list_filter(
    (select list({'channel': t.channel, 'priority': t.priority, 'segment': t.segment, 'valid_from': t.valid_from,
          'valid_until': t.valid_until, 'minutes': t.minutes} order by (t.hours = counted) desc,
        (t.channel is not null)::integer + (t.priority is not null)::integer + (t.segment is not null)::integer desc,
        t.goal desc nulls last, t.minutes, t.id)
      from targets t where t.metric = about and t.minutes is not null),
    lambda one: (one.channel is null or one.channel = of_channel) and (one.priority is null or one.priority = of_priority)
      and (one.segment is null or one.segment = of_segment)
      and coalesce(of_day >= one.valid_from, one.valid_from is null)
      and coalesce(of_day <= one.valid_until, one.valid_until is null))[1].minutes, otherwise) end;

-- What is left of revenue after the cost of serving it, 0 to 1, as set for the workspace; null until somebody sets it.
create or replace macro margin() as (select max(try_cast(value as double)) / 100 from settings where key = 'margin');

-- How many rows a relation (slice) has.
create or replace macro count_of(counted) as table
  select slice, count(*) as value, null as low, null as high, count(*) as n from query_table(counted) group by slice;

-- Share of `hit` in a relation (slice, hit).
create or replace macro share_of(votes) as table
  select slice, 100.0 * k / n as value, wilson_low(k, n) as low, wilson_high(k, n) as high, n
  from (select slice, count(*) filter (hit) as k, count(hit) as n from query_table(votes) group by slice)
  where n > 0;

-- How far `hit` outweighs the rest in a relation (slice, hit): -100 to 100 points. Twice a share less 100, and so is its interval.
create or replace macro balance_of(votes) as table
  select slice, 2 * value - 100 as value, 2 * low - 100 as low, 2 * high - 100 as high, n from share_of(votes);

-- Mean of `measure` in a relation (slice, measure), with its t interval.
create or replace macro mean_of(measures) as table
  select slice, m as value, m - t_point(n - 1) * s / sqrt(n) as low, m + t_point(n - 1) * s / sqrt(n) as high, n
  from (select slice, avg(measure) as m, stddev_samp(measure) as s, count(measure) as n from query_table(measures) group by slice)
  where n > 0;

-- Plain median of `measure`: finished cases only, as helpdesks show it.
create or replace macro median_of(measures) as table
  select slice, quantile_cont(measure, 0.5) as value, null::double as low, null::double as high, count(measure) as n
  from query_table(measures) group by slice having count(measure) > 0;

-- Net Promoter Score of a relation (slice, nps_group); adjusted Wald interval (Rocks 2016): three answers added, 3/4 to each end.
create or replace macro nps_of(votes) as table
  select slice, 100.0 * (p - d) / n as value, greatest(-100, least(value, 100 * (centre - margin))) as low,
    least(100, greatest(value, 100 * (centre + margin))) as high, n
  from (
    select *, (p - d) / (n + 3.0) as centre,
      1.959964 * sqrt(((p + d + 1.5) / (n + 3.0) - ((p - d) / (n + 3.0)) ** 2) / (n + 3.0)) as margin
    from (
      select slice, count(*) filter (nps_group = 'promoter') as p, count(*) filter (nps_group = 'detractor') as d, count(nps_group) as n
      from query_table(votes) group by slice)
    where n > 0);

-- The waits of a relation (slice, minutes, seen), each with how many were still waiting when it ended, itself among them.
-- `seen` false: still waiting when the data ends; such a wait outlasts those that ended after the same time, which have one place.
create or replace macro placed_of(waits) as table
  select slice, minutes, seen, row_number() over from_the_longest as waiting, rank() over from_the_longest as place
  from query_table(waits) where minutes is not null
  window from_the_longest as (partition by slice order by minutes desc, seen);

-- Greenwood's term of one step; none where nobody is left waiting.
create or replace macro greenwood_of(ended, waiting) as case when waiting > ended then ended / (waiting * (waiting - ended)) end;

-- Log-log interval of a share still waiting, from its variance over its square; none where it is 0 or 1.
create or replace macro band_low(surviving, greenwood) as
  case when surviving > 0 and surviving < 1 then exp(-exp(ln(-ln(surviving)) - 1.959964 * sqrt(greenwood) / ln(surviving))) end;
create or replace macro band_high(surviving, greenwood) as
  case when surviving > 0 and surviving < 1 then exp(-exp(ln(-ln(surviving)) + 1.959964 * sqrt(greenwood) / ln(surviving))) end;

-- Kaplan-Meier (1958) over a relation (slice, minutes, seen): the share still waiting after each time at which a wait ended.
create or replace macro survival_of(waits) as table
  with steps as (
    select slice, minutes, (count(*) filter (seen))::double as ended, max(waiting)::double as waiting from placed_of(waits)
    group by slice, minutes having ended > 0
  ),
  stepped as (
    select *, product(1 - ended / waiting) over so_far as surviving, sum(greenwood_of(ended, waiting)) over so_far as greenwood
    from steps
    window so_far as (partition by slice order by minutes rows unbounded preceding)  -- each time is there once
  )
  select *, band_low(surviving, greenwood) as low, band_high(surviving, greenwood) as high from stepped;

-- Log-rank test (Mantel 1966) of a relation (later, minutes, seen): how many of the later waits ended, how many would have if
-- both groups went alike, and chi squared with one degree of freedom.
create or replace macro logrank_of(waits) as table
  with counted as (
    select minutes, count(*) filter (seen) as ended, count(*) filter (seen and later) as ended_later,
      count(*) as gone, count(*) filter (later) as gone_later
    from query_table(waits) where minutes is not null group by minutes
  ),
  at_risk as (
    select *, sum(gone) over sooner as n, sum(gone_later) over sooner / sum(gone) over sooner as part
    from counted window sooner as (order by minutes desc rows unbounded preceding)
  )
  select sum(ended_later) as observed, sum(ended * part) as expected,
    (observed - expected) ** 2 / nullif(sum(case when n > 1 then ended * part * (1 - part) * (n - ended) / (n - 1) end), 0) as chi_squared
  from at_risk;

-- The time by which each of these shares is done, from the Kaplan-Meier curve; null where the curve does not reach it.
-- The interval is where the curve's own band crosses (Brookmeyer and Crowley 1982).
-- The curve goes down in flights of steps. What a flight does to it as a whole is one number, so only those are walked in which
-- the band can reach the share: after the first one that could bring its lower side there, up to the one that brings its upper.
-- Several that end after the same time are a step each here, in one flight, which comes to the same once all of them are taken.
create or replace macro done_by_each(waits, shares) as table
  with wanted as (select unnest(shares) as share, 1 - share + 1e-9 as left_over),
  steps as (select *, seen::integer as ended, place // 64 as flight from placed_of(waits)),
  flights as (
    select slice, flight, product(1 - ended / waiting) as factor, sum(greenwood_of(ended, waiting)) as variance, max(waiting) as waiting
    from steps group by slice, flight
  ),
  landings as (
    select slice, flight, factor, product(factor) over so_far as surviving, coalesce(sum(variance) over so_far, 0) as greenwood
    from flights window so_far as (partition by slice order by flight desc rows unbounded preceding)
  ),
  starts as (
    select *, coalesce(lag(surviving) over down, 1) as surviving_before, coalesce(lag(greenwood) over down, 0) as greenwood_before,
      -- The band is nowhere in the flight lower than it would be with the lowest share and the widest reach.
      case when surviving_before < 1 and surviving > 0
        then exp(-exp(ln(-ln(surviving)) - 1.959964 * sqrt(greenwood) / ln(surviving_before))) else 0 end as lowest
    from landings window down as (partition by slice order by flight desc)
  ),
  walked as (
    select slice, flight, share, left_over, surviving_before, greenwood_before from starts, wanted where factor < 1 and lowest <= left_over
    qualify not coalesce(bool_or(band_high(surviving, greenwood) <= left_over) over (
      partition by slice, share order by flight desc rows between unbounded preceding and 1 preceding), false)
  ),
  stepped as (
    select slice, share, left_over, minutes, waiting, surviving_before * product(1 - ended / waiting) over so_far as surviving,
      greenwood_before + sum(greenwood_of(ended, waiting)) over so_far as greenwood
    from steps join walked using (slice, flight)
    window so_far as (partition by slice, share, flight order by waiting desc rows unbounded preceding)
    qualify row_number() over (partition by slice, share, minutes order by waiting) = 1
  ),
  crossed as (
    select slice, share, min(minutes) filter (surviving <= left_over) as value,
      min(minutes) filter (band_low(surviving, greenwood) <= left_over) as low,
      min(minutes) filter (band_high(surviving, greenwood) <= left_over) as high
    from stepped group by slice, share
  )
  select slice, share, c.value, c.low, c.high, n
  from (select slice, max(waiting) as n from flights group by slice) cross join wanted left join crossed c using (slice, share);

-- The time by which the share `q` is done.
create or replace macro done_by(waits, q) as table
  select slice, value, low, high, n from done_by_each(waits, [q]);

-- The survival curve of a relation (slice, minutes, seen) to draw: share left in percent, from 100 at 0, at most 200 points a
-- slice (the last step in each half per cent of the way down), level after its last step for as long as somebody was watched.
create or replace macro curve_of(waits) as table
  with watched as (
    select slice, count(*) as n, max(minutes) as longest from query_table(waits) where minutes is not null group by slice
  ),
  steps as (
    select slice, minutes, 100 * surviving as share, 100 * low as low, 100 * high as high, waiting as at_risk
    from survival_of(waits)
    qualify row_number() over (partition by slice, floor(surviving * 195) order by minutes desc) = 1
  ),
  whole as (
    select slice, 0::double as minutes, 100::double as share, 100::double as low, 100::double as high, n as at_risk from watched
    union all
    from steps
  ),
  last_step as (from whole qualify row_number() over (partition by slice order by minutes desc) = 1)
  select slice, minutes, share, low, high, at_risk from whole
  union all
  select l.slice, w.longest, l.share, l.low, l.high, 0 from last_step l join watched w on w.slice is not distinct from l.slice
  where w.longest > l.minutes;

-- A stamp as stored (UTC) on the workspace's wall clock; the derived tables are on it already.
create or replace macro wall_clock(stamp) as
  timezone(coalesce((select max(value) from settings where key = 'timezone'), 'UTC'), timezone('UTC', stamp));
