-- title: Passives
-- question: Who is lukewarm?
-- rests_on: nps
-- unit: percent
-- better: neither
-- band: outcome
-- rows: answers
-- counts: kind = 'nps'
-- excludes: score_left_out
-- shows: nps_group
-- clock: by the day of the answer
-- formula: scores 7-8 / answered scores
-- needs: recommendation score 0 to 10
with votes as (select slice, nps_group = 'passive' as hit from answers where kind = 'nps' and score_left_out is null)
from share_of('votes')
