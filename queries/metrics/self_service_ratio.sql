-- title: Through self-service
-- question: How many contacts come through forms of self-service?
-- rests_on: tickets, channel
-- unit: percent
-- better: higher
-- band: service
-- rows: tickets
-- excludes: coalesce(dropped, case when channel is null then 'no channel in the file' when source not in (select source from main.facts where channel = 'self-service') then 'no self-service in the file' end)
-- shows: channel
-- clock: by creation
-- formula: tickets that came through a help centre, forum, community or knowledge base / tickets with a channel
-- needs: channel, in a file that lists self-service among its channels
-- caveat: Customers who found the answer alone and wrote to nobody are in no ticket file.
with votes as (
  select slice, channel = 'self-service' as hit from tickets
  where dropped is null and channel is not null and source in (select source from main.facts where channel = 'self-service')
)
from share_of('votes')
