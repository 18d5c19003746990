-- title: First contact resolution
-- question: Was one answer enough, and did nobody come back?
-- rests_on: tickets, newest, reply_counts, reopens, requesters, topics
-- unit: percent
-- better: higher
-- band: service
-- rows: tickets
-- over: returns
-- event: solved_at
-- excludes: case when dropped is not null then dropped when is_open then 'still open' when replies is null then 'no reply count in the file' when replies = 0 then 'solved without a reply' when customer is null then 'no customer in the file' when created_at is null then 'no created time' when solved_at is null then 'no solved time' when not coalesce(greatest(created_at, solved_at) + interval 7 day <= seen_until, false) then 'too early to say' end
-- shows: replies, reopens, next_on_topic
-- clock: from the creation of the ticket until seven days after it was last solved
-- formula: solved with one public reply by a person, never reopened, and no new ticket of that customer within 7 days / solved with at least one reply
-- needs: reply count or messages; created and solved time; customer
-- caveat: A new ticket counts if it is about the same topic, or if one of the two has none: then it may be about something else.
-- caveat: Customers are followed within one helpdesk; a ticket started by an agent is nobody coming back.
with votes as (
  select slice, replies = 1 and coalesce(reopens, 0) = 0
    and coalesce(next_on_topic > greatest(created_at, solved_at) + interval 7 day, true) as hit
  from returns
  where not is_open and replies >= 1 and dropped is null and customer is not null and created_at is not null
    and solved_at is not null and greatest(created_at, solved_at) + interval 7 day <= seen_until
)
from share_of('votes')
