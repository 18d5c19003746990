-- One row per source: how far its data goes, and what it can tell at all.
--   source                                             a file or helpdesk that tickets come from
--   as_of, as_of_utc                                   its newest believable stamp, on the workspace's clock and as it is stored
--   knows_replies                                      whether it tells when people replied
--   knows_solved                                       ... when tickets were last solved
--   knows_first_solved                                 ... when they were first solved
--   knows_holds                                        ... when they were on hold
--   has_time_of_day                                    whether its created times are more than days
--   keeps_hours                                        ... also on the workspace's clock
--   replies_by_day, solved_by_day                      dates only, beside created times that have a time of day: then only whole days can be told
--   knows_business_replies, knows_business_resolution  whether it has these durations in business hours
--   knows_open                                         whether it can tell an open ticket from a closed one
create or replace table sources as
with from_tickets as (
  select source,
    greatest(
      max(created_at) filter (believable(created_at)), max(first_reply_at) filter (believable(first_reply_at)),
      max(first_solved_at) filter (believable(first_solved_at)), max(solved_at) filter (believable(solved_at)), max(updated_at) filter (believable(updated_at))
    ) as newest,
    bool_or(first_reply_at is not null or first_reply_minutes is not null) as knows_replies,
    bool_or(solved_at is not null or resolution_minutes is not null) as knows_solved, bool_or(status is not null) as knows_status,
    bool_or(first_solved_at is not null or first_resolution_minutes is not null or reopens = 0 and (solved_at is not null or resolution_minutes is not null)) as knows_first_solved,
    bool_or(not at_midnight(created_at)) as has_time_of_day,
    bool_or(not at_midnight(created_at) and not at_midnight(local_time(created_at))) as keeps_hours,
    -- Dates only, beside created times that have a time of day: then only whole days can be told.
    count(first_reply_at) >= 5 and bool_and(at_midnight(local_time(first_reply_at))) and has_time_of_day as replies_by_day,
    count(solved_at) >= 5 and bool_and(at_midnight(local_time(solved_at))) and has_time_of_day as solved_by_day,
    bool_or(first_reply_business_minutes is not null) as knows_business_replies,
    bool_or(resolution_business_minutes is not null) as knows_business_resolution
  from every_ticket group by source
),
from_threads as (
  select source, max(newest) as newest, bool_or(coalesce(answered_at, agent_at) is not null) as knows_replies from threads group by source
),
-- A history in which nothing was ever on hold does not know holds: then 0 minutes would be made up.
from_histories as (
  select source, max(newest) as newest, bool_or(first_solved_at is not null) as knows_solved, bool_or(status is not null) as knows_status,
    bool_or(held_minutes > 0 or held_since is not null) as knows_holds
  from histories group by source
)
select t.source, local_time(greatest(t.newest, m.newest, h.newest)) as as_of, greatest(t.newest, m.newest, h.newest) as as_of_utc,
  t.knows_replies or coalesce(m.knows_replies, false) as knows_replies, t.knows_solved or coalesce(h.knows_solved, false) as knows_solved,
  coalesce(t.knows_first_solved, false) or coalesce(h.knows_solved, false) as knows_first_solved, coalesce(h.knows_holds, false) as knows_holds, coalesce(t.has_time_of_day, false) as has_time_of_day,
  coalesce(t.keeps_hours, false) as keeps_hours,
  coalesce(t.replies_by_day, false) as replies_by_day, coalesce(t.solved_by_day, false) as solved_by_day,
  t.knows_business_replies, t.knows_business_resolution,
  -- Without any status or solved time nobody can tell an open ticket from a closed one.
  t.knows_status or t.knows_solved or coalesce(h.knows_status, false) as knows_open
from from_tickets t left join from_threads m using (source) left join from_histories h using (source);
