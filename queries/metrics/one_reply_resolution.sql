-- title: Solved with one reply
-- question: How often is one answer enough?
-- rests_on: tickets, reply_counts, reopens
-- unit: percent
-- better: higher
-- band: service
-- rows: tickets
-- event: solved_at
-- excludes: case when dropped is not null then dropped when is_open then 'still open' when replies is null then 'no reply count in the file' when replies = 0 then 'solved without a reply' end
-- shows: replies, reopens
-- clock: over the whole life of the ticket
-- formula: solved with exactly one public reply by a person and never reopened / solved with at least one reply
-- needs: reply count or messages; status or solved time
-- caveat: A proxy for first contact resolution: it does not know whether the customer came back with a new ticket.
with votes as (
  select slice, replies = 1 and coalesce(reopens, 0) = 0 as hit from tickets
  where not is_open and replies >= 1 and dropped is null
)
from share_of('votes')
