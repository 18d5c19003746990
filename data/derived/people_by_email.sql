-- The same by e-mail address, for files that know no id.
--   email                                       the key
--   customer, segment, plan, country, language  of whoever has it
create or replace temp table people_by_email as
select email, min(customer) as customer, min(segment) as segment, min(plan) as plan, min(country) as country, min(language) as language
from people where email is not null group by email;
