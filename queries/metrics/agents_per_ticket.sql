-- title: Agents per ticket
-- question: How many people does a customer deal with?
-- rests_on: tickets, agents
-- unit: agents
-- better: lower
-- band: service
-- rows: tickets
-- excludes: coalesce(dropped, case when coalesce(agents, 0) = 0 then 'no agent known' end)
-- shows: agents
-- clock: over the whole life of the ticket
-- formula: mean number of different agents who wrote or held the ticket
-- needs: messages or an assignee count
with measures as (select slice, agents as measure from tickets where dropped is null and agents > 0)
from mean_of('measures')
