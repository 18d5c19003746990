-- title: Are customers answered sooner or later than before, all waits considered?
-- rows: tickets
-- event: replied_at
-- caveat: Log-rank test (Mantel 1966) of the period against the one compared with; what is still waiting counts for as long as it has waited.
with waits as (
  select true as later, reply_wait as minutes, reply_seen as seen from tickets where reply_left_out is null
  union all
  select false, reply_wait, reply_seen from tickets_any_time
  where reply_left_out is null and moment >= $before_start and moment < $before_end
)
select observed, expected, chi_squared from logrank_of('waits') where chi_squared is not null
