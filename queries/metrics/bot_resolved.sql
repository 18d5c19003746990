-- title: Solved by a bot
-- question: How much does automation solve by itself?
-- rests_on: tickets, bots
-- unit: percent
-- better: higher
-- band: service
-- rows: tickets
-- excludes: coalesce(dropped, case when not coalesce(bot_wrote, false) then 'no bot wrote' when is_open and not person_replied then 'still with the bot' end)
-- shows: bot_wrote, person_replied
-- clock: over the whole life of the ticket; open tickets that no person has replied to are not told yet
-- formula: solved tickets on which a bot wrote and no person replied / tickets on which a bot wrote
-- needs: messages that tell bots from people
-- caveat: Solved is what the helpdesk says: a customer who gave up on the bot looks the same.
with votes as (
  select slice, not person_replied as hit from tickets where dropped is null and bot_wrote and (person_replied or not is_open)
)
from share_of('votes')
