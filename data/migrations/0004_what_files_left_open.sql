-- What a file left open, what was said of it, and where the file of an import lies.

create table doubts (
  import_id varchar, kind_of_file varchar, state varchar, id varchar, question varchar, column_name varchar, rows bigint,
  touches varchar, assumed varchar, alternatives varchar, answer varchar
);
create table doubt_answers (kind_of_file varchar, doubt varchar, answer varchar, answered_at timestamp);
create table import_files (
  import_id varchar, path varchar, part varchar, bytes bigint, modified bigint, choices varchar, answers varchar
);
