-- title: What do customers keep telling us, and what does it do to them?
-- rows: tickets
-- needs_tags: themes
-- caveat: An answer belongs to a theme when its ticket or its comment does. The effect is CSAT with the theme minus CSAT without it; the impact, CSAT of all answers minus CSAT without those of the theme (leave one theme out): associated with, not caused by.
with counted as (
  from tickets where created_at is not null
),
whole as (select count(*) as tickets from counted),
tagged as (select h.theme as slice, t.* exclude (slice) from counted t join main.ticket_themes h on h.source = t.source and h.id = t.id),
volume as (select slice, count(*) as tickets from tagged group by 1),
-- The period before: the same tickets but for their date.
earlier as (
  select h.theme as slice, count(*) as tickets_before
  from tickets_any_time t join main.ticket_themes h on h.source = t.source and h.id = t.id
  where t.created_at >= $before_start and t.created_at < $before_end
  group by 1
),
waits as (select slice, reply_wait as minutes, reply_seen as seen from tagged where reply_left_out is null),
replies as (select slice, value as first_reply, n as first_reply_n from done_by('waits', 0.5)),
voted as (
  select h.theme, a.kind, a.positive, a.nps_group, a.comment
  from answers a join main.answer_themes h on h.kind = a.kind and h.source = a.source and h.id = a.id where a.score_left_out is null
),
everyone as (select count(*) filter (positive) as good, count(*) as n from answers where kind = 'csat' and score_left_out is null),
satisfied as (
  select theme as slice, count(*) filter (positive and kind = 'csat') as good, count(*) filter (kind = 'csat') as n,
    count(comment) as comments
  from voted group by 1
),
scores as (select theme as slice, nps_group from voted where kind = 'nps'),
loyalty as (select slice, value as nps, low as nps_low, high as nps_high, n as nps_n from nps_of('scores'))
select slice as theme, coalesce(v.tickets, 0) as tickets, 100.0 * coalesce(v.tickets, 0) / nullif(w.tickets, 0) as share,
  case when $before_start is not null then coalesce(b.tickets_before, 0) end as tickets_before,
  100.0 * s.good / nullif(s.n, 0) as csat, wilson_low(s.good, s.n) as csat_low, wilson_high(s.good, s.n) as csat_high, coalesce(s.n, 0) as csat_n,
  100.0 * s.good / nullif(s.n, 0) - 100.0 * (e.good - s.good) / nullif(e.n - s.n, 0) as effect,
  case when s.n > 0 and e.n > s.n then newcombe_low(s.good, s.n, e.good - s.good, e.n - s.n) end as effect_low,
  case when s.n > 0 and e.n > s.n then newcombe_high(s.good, s.n, e.good - s.good, e.n - s.n) end as effect_high,
  least(coalesce(s.n, 0), e.n - coalesce(s.n, 0)) as effect_n,
  -- The impact is the effect times the share of answers that the theme has, and so are its ends.
  effect * s.n / nullif(e.n, 0) as impact, effect_low * s.n / nullif(e.n, 0) as impact_low, effect_high * s.n / nullif(e.n, 0) as impact_high, l.nps, l.nps_low, l.nps_high, coalesce(l.nps_n, 0) as nps_n, r.first_reply, coalesce(r.first_reply_n, 0) as first_reply_n,
  coalesce(s.comments, 0) as comments
from (select slice from volume union select slice from satisfied union select slice from earlier) named
left join volume v using (slice) left join earlier b using (slice) left join satisfied s using (slice) left join loyalty l using (slice)
left join replies r using (slice), whole w, everyone e
order by tickets desc, theme
