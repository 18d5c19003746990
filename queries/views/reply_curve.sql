-- title: How many are still waiting for a first answer after ...?
-- rows: tickets
-- event: replied_at
-- caveat: Kaplan-Meier: tickets still waiting count for as long as they have waited. Share in percent.
with waits as (select slice, reply_wait as minutes, reply_seen as seen from tickets where reply_left_out is null)
select slice, minutes, share, low, high, at_risk from curve_of('waits')
order by slice, minutes, share desc
