-- title: Open tickets
-- question: How many are open?
-- rests_on: tickets, newest
-- unit: count
-- better: lower
-- band: service
-- rows: tickets
-- over: stock
-- counts: open_at_end or is_open and created_at is null
-- estimate: own
-- left_out: neither a status nor a solved time in the file = not knows_open
-- left_out: no created time = not open_at_end
-- additive: slices
-- clock: at local midnight at the end of the period; now, if it is still running
-- formula: created before that moment and not solved before it
-- needs: created time; status or solved time
-- promise: Open tickets
-- place: overview 5
-- place: promise 9
-- caveat: A ticket that was solved and reopened counts as open for the whole time between, because exports keep only the last solved date.
-- caveat: The period of the filter says when to look, not which tickets were created in it.
-- A stock: what was open when each period ended, rebuilt from the steps up (created) and down (solved) of every day.
-- Open tickets without a created time are open now, but nobody knows since when.
with steps as (
  select slice, day, sum(step) as step from (
    select slice, date_trunc('day', created_at) as day, 1 as step from stock
    where knows_open and (is_open or solved_at is not null and created_at is not null)
    union all
    select slice, date_trunc('day', greatest(created_at, solved_at)), -1 from stock where not is_open and created_at is not null and solved_at is not null
  ) group by slice, day
)
select coalesce(p.slice, s.slice) as slice, if(bool_or(k.known), coalesce(sum(s.step), 0), null)::bigint as value, null as low, null as high, coalesce(value, 0) as n
from periods p cross join (select bool_or(knows_open) as known from main.sources) k left join steps s on coalesce(s.day < p.ends, p.unbounded)
group by p.slice, s.slice having coalesce(p.slice, s.slice) is not null and (p.slice is not null or value > 0)
