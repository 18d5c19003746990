-- title: CSAT response rate
-- question: How many of those asked did answer?
-- rests_on: csat, csat_offers
-- unit: percent
-- better: higher
-- band: service
-- rows: answers
-- counts: kind = 'csat'
-- excludes: case when not coalesce(offered, false) then 'the file does not say who was asked' end
-- shows: answered
-- clock: as CSAT
-- formula: answers / surveys offered
-- needs: satisfaction score that tells offered from not offered
-- caveat: Unknown where the file does not list who was asked.
with votes as (select slice, answered as hit from answers where kind = 'csat' and offered)
from share_of('votes')
