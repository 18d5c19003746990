-- title: How are the scores spread?
-- rows: answers
select slice, kind, scale_max as scale, score, count(*) as n
from answers where score_left_out is null
group by all
order by slice, kind, scale, score
