-- title: CSAT, mean score
-- question: What is the average rating?
-- rests_on: csat
-- unit: score
-- better: higher
-- band: service
-- rows: answers
-- counts: kind = 'csat'
-- excludes: score_left_out
-- shows: scale_max
-- clock: as CSAT
-- formula: mean of the scores on the question's own scale
-- needs: satisfaction score
-- caveat: Averages of different scales must not be compared; the evidence lists the scale of each answer.
with measures as (select slice, score as measure from answers where kind = 'csat' and score_left_out is null)
from mean_of('measures')
