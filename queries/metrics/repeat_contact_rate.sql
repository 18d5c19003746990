-- title: Came back within a week
-- question: Who had to come back?
-- rests_on: tickets, newest, requesters
-- unit: percent
-- better: lower
-- band: service
-- rows: tickets
-- over: returns
-- excludes: case when dropped is not null then dropped when created_at is null then 'no created time' when customer is null then 'no customer in the file' when not coalesce(created_at + interval 7 day <= seen_until, false) then 'too early to say' end
-- shows: next_contact
-- clock: seven days from the creation of the ticket
-- formula: tickets followed by another of the same customer within 7 days / tickets whose 7 days are over
-- needs: created time; customer
-- caveat: A new ticket may be about something else: an active customer is not always an unhappy one.
-- caveat: Customers are followed within one helpdesk; a ticket started by an agent is nobody coming back.
with votes as (
  select slice, coalesce(next_contact <= created_at + interval 7 day, false) as hit from returns
  where dropped is null and customer is not null and created_at + interval 7 day <= seen_until
)
from share_of('votes')
