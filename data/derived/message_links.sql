-- Messages and surveys may come from another export than the tickets: find whose tickets their ids name.
--   source         of the messages
--   ticket_source  of the tickets that their ids name
create or replace temp table message_links as
select m.source, t.source as ticket_source
from (select distinct source, ticket_id from messages) m join every_ticket t on t.id = m.ticket_id
group by 1, 2
qualify row_number() over (partition by m.source order by (m.source = t.source) desc, count(*) desc, t.source) = 1;
