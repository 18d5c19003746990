-- title: Open tickets
-- question: How many are open?
-- unit: count
-- better: lower
-- band: service
-- rows: tickets
-- counts: is_open
-- excludes: case when status in ('deleted', 'spam', 'merged') then status end
-- clock: at local midnight at the end of the period; now, if it is still running
-- formula: created before that moment and not solved before it
-- needs: created time; status or solved time
-- caveat: A ticket that was solved and reopened counts as open for the whole time between, because exports keep only the last solved date.
-- caveat: The period of the filter says when to look, not which tickets were created in it.
-- A stock: what was open when each period ended, rebuilt from created and solved.
select coalesce(p.slice, t.slice) as slice, count(t.id) as value, null as low, null as high, count(t.id) as n
from periods p
left join stock t on t.created_at < p.ends and (t.is_open or t.solved_at >= p.ends)
where coalesce(p.slice, t.slice) is not null
group by 1
