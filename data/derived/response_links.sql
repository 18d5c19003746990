-- The same for the ids that answers name.
--   source         of the answers
--   ticket_source  of the tickets that their ids name
create or replace temp table response_links as
select r.source, t.source as ticket_source
from (select distinct source, ticket_id from responses where ticket_id is not null) r join every_ticket t on t.id = r.ticket_id
group by 1, 2
qualify row_number() over (partition by r.source order by (r.source = t.source) desc, count(*) desc, t.source) = 1;
