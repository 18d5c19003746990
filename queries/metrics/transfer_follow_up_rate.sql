-- title: Followed up after a transfer
-- question: Does the first agent come back after handing a customer on?
-- rests_on: tickets, agents
-- unit: percent
-- better: higher
-- band: service
-- rows: tickets
-- excludes: coalesce(dropped, case when coalesce(message_agents, 0) = 0 then 'no agent known by messages' when message_agents = 1 then 'never handed on' end)
-- shows: message_agents, followed_up
-- clock: over the whole life of the ticket
-- formula: tickets on which the first agent wrote again after a second one had written / tickets on which more than one agent wrote
-- needs: messages with their authors
-- caveat: A transfer is told by who wrote: an agent who only held the ticket leaves no trace.
with votes as (select slice, followed_up as hit from tickets where dropped is null and message_agents > 1)
from share_of('votes')
