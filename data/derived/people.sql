-- One row per customer of a customer file.
--   customer                                     the key
--   id, email, segment, plan, country, language  as the files of customers have them
create or replace temp table people as
select case when k.id is null then c.id else c.source || ':' || c.id end as customer, any_value(c.id) as id,
  min(lower(email)) as email, min(segment) as segment, min(plan) as plan, min(country) as country, min(language) as language
from customers c left join clashing k on k.id = c.id group by 1;
