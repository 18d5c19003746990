-- The scales satisfaction was asked on, and from which score on an answer is a satisfied one: by custom, or as set for the workspace.
--   scale           the highest score of the question
--   usual           from which score on an answer is a satisfied one by custom
--   satisfied_from  from which on it is one here
create or replace table scales as
with asked as (
  select distinct scale_max as scale from responses where kind = 'csat' and scale_max is not null
  union select distinct csat_scale from tickets where csat_scale is not null
)
select a.scale,
  case when a.scale <= 3 then a.scale when a.scale <= 7 then a.scale - 1 when a.scale = 100 then 80 else a.scale - 2 end as usual,
  coalesce(max(try_cast(s.value as double)), usual) as satisfied_from
from asked a left join settings s on s.key like 'csat_from_%' and try_cast(substr(s.key, 11) as double) = a.scale
group by a.scale;
