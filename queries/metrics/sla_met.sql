-- title: SLA met
-- question: How often does the helpdesk say the promise was kept?
-- rests_on: tickets, sla
-- unit: percent
-- better: higher
-- band: service
-- rows: tickets
-- excludes: coalesce(dropped, case when first_reply_sla_met is null and resolution_sla_met is null then 'no SLA flag' end)
-- shows: first_reply_sla_met, resolution_sla_met
-- clock: as computed by the helpdesk, in its own hours
-- formula: tickets none of whose SLA flags (first reply, resolution) says broken / tickets with a flag
-- needs: SLA flag for the first reply or the resolution
-- caveat: The helpdesk's own policies decide, and they may differ from ticket to ticket.
with votes as (
  select slice, coalesce(first_reply_sla_met, true) and coalesce(resolution_sla_met, true) as hit from tickets
  where dropped is null and (first_reply_sla_met is not null or resolution_sla_met is not null)
)
from share_of('votes')
