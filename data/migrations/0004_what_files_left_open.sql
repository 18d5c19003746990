-- Doubts of imports, what was said about them, and where the files lay.
-- One row per thing that a file left open: what was assumed, and what was said since. Key: import_id, id.
create table if not exists doubts (
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
create table if not exists doubt_answers (kind_of_file varchar, doubt varchar, answer varchar, answered_at timestamp);
-- Where the file of an import lay, and what was said when it came: it may be gone or changed since. Key: import_id.
create table if not exists import_files (
  import_id varchar,
  path varchar,
  part varchar,                              -- of an archive or a workbook; null: the file itself
  bytes bigint, modified bigint,             -- size, and the time it was written in nanoseconds: the same file still has both
  choices varchar,                           -- JSON: source, timezone, format, date_order as the manager gave them
  answers varchar                            -- JSON: to doubts, by their ids
);
