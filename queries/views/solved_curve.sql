-- title: How many are still unsolved after ...?
-- rows: tickets
-- event: solved_at
-- caveat: Kaplan-Meier: open tickets count for as long as they have been open. Share in percent.
with waits as (select slice, solving_time as minutes, solved_seen as seen from tickets where solving_left_out is null)
select slice, minutes, share, low, high, at_risk from curve_of('waits')
order by slice, minutes, share desc
