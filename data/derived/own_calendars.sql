-- The few tickets whose team has a calendar of its own.
--   source, id  the ticket
--   calendar    that of its team
create or replace temp table own_calendars as
select source, id, calendar_of(team) as calendar from every_ticket where calendar_of(team) is distinct from calendar_of(null);
