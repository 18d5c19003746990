-- title: Escalated
-- question: How often is a ticket escalated?
-- rests_on: tickets, escalated
-- unit: percent
-- better: lower
-- band: service
-- rows: tickets
-- excludes: coalesce(dropped, case when escalated is null then 'no escalation flag' end)
-- shows: escalated
-- clock: over the whole life of the ticket
-- formula: escalation flag true / flag known
-- needs: escalation flag
with votes as (select slice, escalated as hit from tickets where dropped is null)
from share_of('votes')
