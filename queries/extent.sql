-- How far the data goes: first day with anything, newest stamp that is not in the future.
with reach as (
  select (select min(created_at) from facts f where $source is null or list_contains($source, f.source)) as first,
    (select max(as_of) from sources s where $source is null or list_contains($source, s.source)) as newest
  union all
  select min(said_at), max(said_at) filter (said_at <= now()::timestamp + interval 1 day)
  from answers a where $source is null or list_contains($source, a.source)
  union all
  select min(started_at), greatest(max(started_at) filter (started_at <= now()::timestamp + interval 1 day),
    max(ended_at) filter (ended_at <= now()::timestamp + interval 1 day))
  from spells s where $source is null or list_contains($source, s.source)
  union all
  select min(ordered_at), max(ordered_at) from purchases o where $source is null or list_contains($source, o.source)
)
select min(first), max(newest) from reach
