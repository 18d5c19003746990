-- Tables and columns that came one by one before versions were kept: of these, a database may have any number.

create table if not exists events (
  source varchar, id varchar, import_id bigint, ticket_id varchar, changed_at timestamp, field varchar, value varchar,
  value_raw varchar, actor varchar, unread bigint
);
create table if not exists orders (
  source varchar, id varchar, import_id bigint, order_id varchar, customer_id varchar, customer_email varchar,
  customer_name varchar, ordered_at timestamp, cancelled_at timestamp, status varchar, total double, currency varchar,
  item varchar, quantity double, price double, country varchar, unread bigint
);
create table if not exists calendars (team varchar, timezone varchar, country varchar, subdivision varchar);
create table if not exists calendar_hours (team varchar, weekday integer, opens integer, closes integer);
create table if not exists calendar_free_days (team varchar, day date, yearly boolean);
create table if not exists targets (
  id varchar, metric varchar, minutes double, goal double, channel varchar, priority varchar, segment varchar, hours varchar,
  valid_from date, valid_until date
);
create table if not exists shares (
  id varchar, kind varchar, title varchar, note varchar, pages varchar, filters varchar, created timestamp, creator varchar,
  expires timestamp, revoked timestamp, token_hash varchar, passcode_hash varchar, opened bigint, last_opened timestamp,
  data_version varchar
);
create table if not exists forgotten (kind varchar, hash varchar, alias varchar);
create table if not exists ticket_themes (source varchar, id varchar, theme varchar);
create table if not exists answer_themes (kind varchar, source varchar, id varchar, theme varchar);
create table if not exists answer_moods (kind varchar, source varchar, id varchar, mood varchar, mood_left_out varchar);

alter table tickets add column if not exists internal_id varchar;
alter table if exists tickets_replaced add column if not exists internal_id varchar;
alter table messages add column if not exists ticket_status varchar;
alter table messages add column if not exists ticket_agent varchar;
alter table messages add column if not exists ticket_team varchar;
alter table if exists messages_replaced add column if not exists ticket_status varchar;
alter table if exists messages_replaced add column if not exists ticket_agent varchar;
alter table if exists messages_replaced add column if not exists ticket_team varchar;
alter table responses add column if not exists sentiment varchar;
alter table if exists responses_replaced add column if not exists sentiment varchar;
alter table customers add column if not exists cancel_reason varchar;
alter table if exists customers_replaced add column if not exists cancel_reason varchar;
alter table shares add column if not exists question varchar;

-- Once derived under this name; what is derived today is worked out anew.
drop table if exists sources;
