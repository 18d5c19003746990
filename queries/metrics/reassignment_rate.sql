-- title: Reassigned
-- question: How often is a customer handed to another agent?
-- rests_on: tickets, agents
-- unit: percent
-- better: lower
-- band: service
-- rows: tickets
-- excludes: coalesce(dropped, case when assignees is null then 'no assignee count in the file' when assignees < 1 then 'held by nobody' end)
-- shows: assignees
-- clock: over the whole life of the ticket
-- formula: tickets held by more than one agent / tickets held by at least one
-- needs: count of agents that held the ticket
-- caveat: Some helpdesks count a return to an earlier agent as another one.
with votes as (select slice, assignees > 1 as hit from tickets where dropped is null and assignees >= 1)
from share_of('votes')
