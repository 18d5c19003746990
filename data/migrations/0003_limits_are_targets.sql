-- Two limits stood among the settings; how many were to be done within them nobody had said.
insert into targets (id, metric, minutes, hours)
  select key, if(key = 'target_resolution_minutes', 'resolution_time', 'first_reply_time'), try_cast(value as double), 'calendar'
  from settings where key in ('target_first_reply_minutes', 'target_resolution_minutes') and try_cast(value as double) > 0;
delete from settings where key in ('target_first_reply_minutes', 'target_resolution_minutes');
