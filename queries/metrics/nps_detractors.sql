-- title: Detractors
-- question: Who would warn others?
-- rests_on: nps
-- unit: percent
-- better: lower
-- band: outcome
-- rows: answers
-- counts: kind = 'nps'
-- excludes: score_left_out
-- shows: nps_group
-- clock: by the day of the answer
-- formula: scores 0-6 / answered scores
-- needs: recommendation score 0 to 10
with votes as (select slice, nps_group = 'detractor' as hit from answers where kind = 'nps' and score_left_out is null)
from share_of('votes')
