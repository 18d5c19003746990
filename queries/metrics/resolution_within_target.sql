-- title: Resolution within target
-- question: How often do we keep the promise to solve?
-- rests_on: tickets, newest, solving, business
-- unit: percent
-- better: higher
-- band: service
-- rows: tickets
-- event: solved_at
-- excludes: coalesce(solving_left_out, case when not solved_seen and solving_time <= promised('resolution_time', $hours, 4320, channel, priority, segment, created_at::date) then 'too early to say' end)
-- shows: solving_time, solved_seen
-- clock: as resolution
-- formula: solved within the target / (solved, or waiting longer than the target); the target is what was promised to the ticket when it came in, and 3 days where nothing was
-- needs: as resolution
-- caveat: Promises are made on the Targets page, for all tickets or for some. Of several for one ticket the one closest to it counts, and of those the one that is for the most.
-- caveat: A ticket that waits, but not yet longer than the target, is in neither number.
-- Still waiting, and not yet longer than the limit: neither kept nor broken. Asked once a ticket, for asking is what takes time.
with votes as (
  select slice, case when solving_time <= promised('resolution_time', $hours, 4320, channel, priority, segment, created_at::date)
    then nullif(solved_seen, false) else false end as hit
  from tickets where solving_time is not null
)
from share_of('votes')
