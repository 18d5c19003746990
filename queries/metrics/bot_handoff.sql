-- title: Handed over by a bot
-- question: How often must a person take over from the bot?
-- rests_on: tickets, bots
-- unit: percent
-- better: lower
-- band: service
-- rows: tickets
-- excludes: coalesce(dropped, case when not coalesce(bot_wrote, false) then 'no bot wrote' when is_open and not person_replied then 'still with the bot' end)
-- shows: bot_wrote, person_replied
-- clock: over the whole life of the ticket; open tickets that no person has replied to are not told yet
-- formula: tickets on which a bot wrote and a person replied / tickets on which a bot wrote
-- needs: messages that tell bots from people
-- caveat: Solved is what the helpdesk says: a customer who gave up on the bot looks the same.
with votes as (
  select slice, person_replied as hit from tickets where dropped is null and bot_wrote and (person_replied or not is_open)
)
from share_of('votes')
