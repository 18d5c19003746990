-- The unified tables: what every vendor's export becomes. Stamps are UTC, durations minutes, money the file's currency.
-- Plain columns only (no keys, sequences, enums): the same text runs on a DuckDB file and on DuckLake.
-- A database made today has these; one of an earlier version is brought up to them by data/migrations.

-- One row per ticket, its newest known version. Key: source, id.
create table tickets (
  source varchar,                            -- the stream of exports it belongs to, e.g. "zendesk"
  id varchar,                                -- as text: long ids lose digits as numbers
  import_id bigint,                          -- the import that brought this version; a number, for it stands in every row
  internal_id varchar,                       -- the id that other tables of the same export know the ticket by, where it has two
  url varchar,                               -- link to the ticket in the helpdesk, if the file has one
  subject varchar,
  description varchar,
  status varchar,                            -- new, open, pending, hold, solved, closed, deleted, spam, merged
  status_raw varchar,                        -- the file's own word, where it is not ours
  channel varchar,                           -- email, phone, chat, social, messaging, web, in-person, self-service, api, other
  channel_raw varchar,
  priority varchar,                          -- urgent, high, normal, low
  priority_raw varchar,
  type varchar,
  topic varchar,
  tags varchar,                              -- parted by chr(31)
  team varchar,
  agent varchar,
  customer_id varchar,
  customer_email varchar,
  customer_name varchar,
  organization varchar,
  segment varchar,
  plan varchar,
  country varchar,
  language varchar,
  created_at timestamp,
  first_reply_at timestamp,                  -- as stamped by the helpdesk
  assigned_at timestamp,
  first_solved_at timestamp,
  solved_at timestamp,                       -- last solved; null while open
  updated_at timestamp,
  due_at timestamp,
  first_reply_minutes double,                -- ready-made durations: calendar hours, as computed by the helpdesk
  first_reply_business_minutes double,       -- the same in the helpdesk's business hours
  first_resolution_minutes double,
  first_resolution_business_minutes double,
  resolution_minutes double,
  resolution_business_minutes double,
  requester_wait_minutes double,
  requester_wait_business_minutes double,
  agent_wait_minutes double,
  on_hold_minutes double,
  touch_minutes double,                      -- working time on the ticket
  replies integer,                           -- public replies by people
  customer_messages integer,
  reopens integer,
  assignees integer,                         -- how many agents have held it
  groups integer,                            -- how many teams have held it
  escalated boolean,
  first_reply_sla_met boolean,
  resolution_sla_met boolean,
  started_by_agent boolean,
  csat_score double,                         -- answer on csat_scale; words become 0/1 on scale 1
  csat_scale double,                         -- highest score of the question
  csat_offered boolean,                      -- null: the file does not say
  csat_comment varchar,
  csat_at timestamp,
  nps_score double,
  unread bigint                              -- bit mask of cells that were filled but could not be read (0: none)
);

-- One row per message of a ticket. Key: source, id.
create table messages (
  source varchar, id varchar, import_id bigint,
  ticket_id varchar,
  sent_at timestamp,
  author_id varchar,
  author_name varchar,
  author_role varchar,                       -- customer, agent, bot, system
  public boolean,                            -- false: internal note
  channel varchar, channel_raw varchar,
  body varchar,
  ticket_status varchar,                     -- what this message made of its ticket: closed it, opened it again
  ticket_agent varchar,                      -- to whom it gave the ticket
  ticket_team varchar,
  unread bigint
);

-- One row per change of a ticket: who or what it became, and when. Key: source, id.
create table events (
  source varchar, id varchar, import_id bigint,
  ticket_id varchar,
  changed_at timestamp,
  field varchar,                             -- status, assignee, team, priority; any other under its own name
  value varchar,                             -- what it became: a status or priority of ours, else the file's word; null: emptied
  value_raw varchar,                         -- the file's own word, where it is not ours
  actor varchar,                             -- who changed it
  unread bigint
);

-- One row per survey sent or answered (CSAT, NPS, CES). Key: source, id.
create table responses (
  source varchar, id varchar, import_id bigint,
  kind varchar,                              -- csat, nps, ces
  survey varchar,
  ticket_id varchar,
  customer_id varchar, customer_email varchar,
  score double,                              -- null: asked, not answered
  scale_min double, scale_max double,
  comment varchar,
  sentiment varchar,                         -- positive, negative, neutral: what the file itself says of the comment
  asked_at timestamp, answered_at timestamp,
  offered boolean,                           -- true when the file lists those asked, answered or not
  channel varchar, team varchar, agent varchar, language varchar, segment varchar, plan varchar, country varchar,
  unread bigint
);

-- One row per customer (an account or a person, as the file has it). Key: source, id.
create table customers (
  source varchar, id varchar, import_id bigint,
  email varchar, name varchar, organization varchar,
  segment varchar, plan varchar, country varchar, language varchar, industry varchar,
  created_at timestamp,
  churned boolean,                           -- a flag without a date
  churned_at timestamp,
  tenure_months double,
  mrr double,                                -- recurring revenue a month
  total_revenue double,
  currency varchar,
  trial boolean,
  cancel_reason varchar,                     -- why they left, in the file's own words
  unread bigint
);

-- One row per subscription; a customer may have many. Key: source, id.
create table subscriptions (
  source varchar, id varchar, import_id bigint,
  customer_id varchar, customer_email varchar,
  plan varchar, status varchar,
  started_at timestamp, ended_at timestamp,  -- ended_at null: still running
  mrr double, quantity double, currency varchar, billing_interval varchar,
  trial boolean, churned boolean, cancel_reason varchar,
  unread bigint
);

-- One row per event of churn a billing system or a manager recorded. Key: source, id.
create table churn_events (
  source varchar, id varchar, import_id bigint,
  customer_id varchar,
  churned_at timestamp,
  reason varchar, comment varchar, refund double, reactivation boolean,
  unread bigint
);

-- One row per line of an order; what is said once for the whole order may stand in its first line only. Key: source, id.
create table orders (
  source varchar, id varchar, import_id bigint,
  order_id varchar,
  customer_id varchar, customer_email varchar, customer_name varchar,
  ordered_at timestamp, cancelled_at timestamp,
  status varchar,                            -- as the shop writes it
  total double, currency varchar,
  item varchar, quantity double, price double,
  country varchar,
  unread bigint
);

-- One row per import; the receipt keeps everything that was said about it.
create table imports (
  id varchar,                                -- rises with time
  file varchar, format varchar, table_name varchar, source varchar,
  imported_at timestamp,
  rows_read bigint, kept bigint, updated bigint, unchanged bigint, set_aside bigint,
  as_of timestamp,                           -- newest stamp in the file, UTC
  timezone varchar, date_order varchar,
  receipt varchar                            -- JSON
);

-- One row per record set aside or cell that could not be read.
create table problems (
  import_id varchar,
  line bigint,                               -- line of the file as an editor counts it
  column_name varchar,
  reason varchar,
  value varchar,
  record varchar,                            -- the record as it stood, when it was set aside
  set_aside boolean                          -- false: the row was kept, the cell left empty
);

-- One row per thing that a file left open: what was assumed, and what was said since. Key: import_id, id.
create table doubts (
  import_id varchar,
  kind_of_file varchar,                      -- which later files an answer holds for
  state varchar,                             -- open; answered for this import; remembered from another of its kind
  id varchar,                                -- the kind and what it is about, e.g. "decimal_sign:mrr"
  question varchar,
  column_name varchar,                       -- of the file
  rows bigint,                               -- how many it touches
  touches varchar,                           -- JSON: our columns, e.g. ["tickets.created_at"]
  assumed varchar,                           -- the reading that stands while nobody has answered
  alternatives varchar,                      -- JSON: every reading and its words
  answer varchar                             -- null while it is open
);
-- What was said about files of a kind: later ones are read so. Key: kind_of_file, doubt.
create table doubt_answers (kind_of_file varchar, doubt varchar, answer varchar, answered_at timestamp);
-- Where the file of an import lay, and what was said when it came: it may be gone or changed since. Key: import_id.
create table import_files (
  import_id varchar,
  path varchar,
  part varchar,                              -- of an archive or a workbook; null: the file itself
  bytes bigint, modified bigint,             -- size, and the time it was written in nanoseconds: the same file still has both
  choices varchar,                           -- JSON: source, timezone, format, date_order as the manager gave them
  answers varchar                            -- JSON: to doubts, by their ids
);

-- Choices of the workspace, one row per key: timezone, csat thresholds, repeat window ...
create table settings (key varchar, value varchar);

-- When somebody is there to answer. One row per calendar: the one without a team counts for every team that has none of its own.
create table calendars (
  team varchar,
  timezone varchar,                          -- null: the workspace's
  country varchar, subdivision varchar       -- whose public holidays are free; null: none
);
-- One row per stretch of hours; a weekday may have several. Key: team, weekday, opens.
create table calendar_hours (
  team varchar,
  weekday integer,                           -- 1 is Monday
  opens integer, closes integer              -- minutes since midnight on the clock; past 1440 where the night belongs to the day before
);
-- Free days of one's own.
create table calendar_free_days (
  team varchar,
  day date,
  yearly boolean                             -- the same day every year
);

-- What the team has promised: one row per version of a promise, so that the past is judged by what held then. Key: id, valid_from.
create table targets (
  id varchar,
  metric varchar,                            -- id of the number it is about
  minutes double,                            -- done within so long: it is then about that share; null: about the number itself
  goal double,                               -- that share in percent, or the number in its unit; null: nobody said how many
  channel varchar, priority varchar, segment varchar,  -- what it is narrowed to; null: all of them
  hours varchar,                             -- calendar or business: how its minutes are counted
  valid_from date, valid_until date          -- first and last day on which it holds; null: always did, still does
);

-- What was shared: one row per link. Reports belong to people outside, so nothing here is derived from tickets.
create table shares (
  id varchar,                                -- names the page's file; lets nobody in
  kind varchar,                              -- frozen: a page as it was; live: a view with its filters locked
  title varchar, note varchar,
  pages varchar,                             -- JSON: addresses of the pages in it
  filters varchar,                           -- as a sentence
  created timestamp, creator varchar,        -- UTC; empty where nobody signs in
  expires timestamp, revoked timestamp,      -- UTC; revoked is null while the link works
  token_hash varchar,                        -- sha-256 in hex; the token itself is known to those who have the link
  passcode_hash varchar,                     -- scrypt; null where none is asked for
  opened bigint, last_opened timestamp,
  data_version varchar,                      -- of the store when it was made
  question varchar                           -- JSON: the filters themselves; a live link is held to them
);

-- Who is not to be known any more: hashes of addresses and ids, and the name that stands in their place.
create table forgotten (kind varchar, hash varchar, alias varchar);

-- Derived by data.themes: which themes a ticket is about, and an answer (by its comment and by its ticket).
create table ticket_themes (source varchar, id varchar, theme varchar);
create table answer_themes (kind varchar, source varchar, id varchar, theme varchar);
-- One row per comment: its mood (positive, negative), or why none is known.
create table answer_moods (kind varchar, source varchar, id varchar, mood varchar, mood_left_out varchar);
