-- title: Reopened
-- question: Did it stay solved?
-- rests_on: tickets, reopens
-- unit: percent
-- better: lower
-- band: service
-- rows: tickets
-- event: solved_at
-- excludes: case when dropped is not null then dropped when is_open and coalesce(reopens, 0) = 0 then 'never solved' when reopens is null then 'no reopen count in the file' end
-- shows: reopens
-- clock: over the whole life of the ticket
-- formula: reopened / solved at least once
-- needs: reopen count
with votes as (
  select slice, reopens > 0 as hit from tickets
  where dropped is null and (not is_open or reopens > 0)
)
from share_of('votes')
