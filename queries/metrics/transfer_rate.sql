-- title: Transferred
-- question: How often is a customer handed to another team?
-- rests_on: tickets, teams
-- unit: percent
-- better: lower
-- band: service
-- rows: tickets
-- excludes: coalesce(dropped, case when groups is null then 'no team count in the file' when groups < 1 then 'held by no team' end)
-- shows: groups
-- clock: over the whole life of the ticket
-- formula: tickets held by more than one team / tickets held by at least one
-- needs: count of teams that held the ticket
-- caveat: Some helpdesks count a return to an earlier team as another one.
with votes as (select slice, groups > 1 as hit from tickets where dropped is null and groups >= 1)
from share_of('votes')
