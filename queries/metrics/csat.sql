-- title: CSAT
-- question: Are customers satisfied?
-- rests_on: csat
-- unit: percent
-- better: higher
-- band: service
-- rows: answers
-- counts: kind = 'csat'
-- excludes: score_left_out
-- shows: positive, scale_max, said_from
-- clock: by the day of the answer; where the file has none, the day the ticket was solved, else created
-- formula: positive answers / all answers; positive is 4-5 of 5, "good", 3 of 3, 6-7 of 7, 8-10 of 10, unless the settings say otherwise
-- needs: satisfaction score
-- caveat: Speaks for those who answered; those who did not may feel otherwise.
-- caveat: Neutral is never positive. The latest answer of a ticket counts.
with votes as (select slice, positive as hit from answers where kind = 'csat' and score_left_out is null)
from share_of('votes')
