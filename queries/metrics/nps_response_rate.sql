-- title: NPS response rate
-- question: How many of those asked did answer?
-- rests_on: nps, nps_offers
-- unit: percent
-- better: higher
-- band: outcome
-- rows: answers
-- counts: kind = 'nps'
-- excludes: case when not coalesce(offered, false) then 'the file does not say who was asked' end
-- shows: answered
-- clock: by the day of the answer, or of the question where there was none
-- formula: answers / asked
-- needs: survey rows for those who did not answer
-- caveat: Unknown where the file does not list who was asked.
with votes as (select slice, answered as hit from answers where kind = 'nps' and offered)
from share_of('votes')
