-- Customers under one key, whichever of id or e-mail a file knows. Two sources may use one id for two people: they differ
-- by e-mail, else by name, and then the source becomes part of the key.
--   id  an id that two sources give to two people
create or replace temp table clashing as
select id from customers group by id
having count(distinct source) > 1
  and case when count(email) > 0 then count(distinct lower(email)) > 1 else count(distinct lower(name)) > 1 end;
