-- Tickets of their own exports and those that only a history tells of: the columns of data/schema.sql.
create or replace temp view every_ticket as select * from tickets union all by name select * from only_told;
