-- title: NPS
-- question: Would customers recommend us?
-- rests_on: nps
-- unit: points
-- better: higher
-- band: outcome
-- rows: answers
-- counts: kind = 'nps'
-- excludes: score_left_out
-- shows: nps_group
-- clock: by the day of the answer
-- formula: % promoters (9-10) - % detractors (0-6) of the answered scores 0 to 10
-- needs: recommendation score 0 to 10
-- caveat: Also moves with price, product and delivery.
-- caveat: Scores outside 0 to 10 are set aside at import and counted there.
with votes as (select slice, nps_group from answers where kind = 'nps' and score_left_out is null)
from nps_of('votes')
