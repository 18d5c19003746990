-- title: Are tickets solved sooner or later than before, all of them considered?
-- rows: tickets
-- event: solved_at
-- caveat: Log-rank test (Mantel 1966) of the period against the one compared with; what is still waiting counts for as long as it has waited.
with waits as (
  select true as later, solving_time as minutes, solved_seen as seen from tickets where solving_left_out is null
  union all
  select false, solving_time, solved_seen from tickets_any_time
  where solving_left_out is null and moment >= $before_start and moment < $before_end
)
select observed, expected, chi_squared from logrank_of('waits') where chi_squared is not null
