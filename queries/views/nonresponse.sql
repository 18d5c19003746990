-- title: What could those who did not answer change?
-- rows: answers
-- caveat: Only surveys whose file lists who was asked.
select slice, kind, count(*) as asked, count(*) filter (answered and score_left_out is null) as answered,
  count(*) filter (positive or nps_group = 'promoter') as up, count(*) filter (nps_group = 'detractor') as down
from answers
where offered and (not answered or score_left_out is null)
group by slice, kind
order by slice, kind
