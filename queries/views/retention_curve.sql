-- title: How many customers are still there after ... months?
-- rows: accounts
-- caveat: All customers there ever were, seen until the end of the period; its start plays no part. Those still there count for as long as they have been.
with waits as (
  -- Months are 1/12 of a year. Customers without dates: the file's own tenure; the survival macro calls time minutes.
  select a.slice,
    case when a.dated then date_diff('second', a.started_at, least(a.ended_at, p.ends)) / 2629746.0 else a.tenure_months end as minutes,
    case when a.dated then coalesce(a.ended_at < p.ends, false) else a.churned end as seen
  from accounts a, (select max(ends) as ends from periods) p
  where case when a.dated then a.started_at < p.ends else a.tenure_months > 0 and a.churned is not null end
)
select slice, minutes as months, share, low, high, at_risk from curve_of('waits')
order by slice, months, share desc
