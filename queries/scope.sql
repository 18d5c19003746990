-- Which rows the reader asked about: the only place where filters meet SQL. A question gets the relations it speaks of.
-- `main.` names the stored table where a scoped one takes its name.
-- In braces stands what depends on the question: {filters_*} and {slice_*} are made from dimensions.toml, {moment_*} and {happened}
-- from the metric's header; {period_*} is there where somebody set one, {kept} leaves out spam, merged and deleted tickets. Values are
-- always parameters; nothing a reader typed stands in the text.

-- Tickets that pass every filter but the period; for stocks, which are about what was open on a day. Spam, merged and deleted ones
-- are among them only where a question states that it wants them.
tickets_any_time as (
  select r.* replace (
    -- What the helpdesk has worked out in its own business hours is over; by our calendar an open wait has a length too.
    if($hours = 'business', coalesce(r.reply_business_from = 'helpdesk' or r.reply_business_from = 'calendar' and r.reply_seen, false), r.reply_seen)
      as reply_seen,
    if($hours = 'business', coalesce(r.solving_business_from = 'helpdesk' or r.solving_business_from = 'calendar' and r.solved_seen, false), r.solved_seen)
      as solved_seen,
    if($hours = 'business', coalesce(r.first_solving_business_from = 'helpdesk' or r.first_solving_business_from = 'calendar' and r.first_solved_seen, false),
      r.first_solved_seen) as first_solved_seen,
    if($hours <> 'business', r.reply_left_out, if(r.reply_business_minutes is null, coalesce(r.reply_left_out, 'not known in business hours'), null))
      as reply_left_out,
    if($hours <> 'business', r.solving_left_out,
      if(r.resolution_business_minutes is null, coalesce(r.solving_left_out, 'not known in business hours'), null)) as solving_left_out,
    if($hours <> 'business', r.first_solving_left_out,
      if(r.first_resolution_business_minutes is null, coalesce(r.first_solving_left_out, 'not known in business hours'), null)) as first_solving_left_out
    ),
    if($hours = 'business', r.reply_business_minutes, r.reply_minutes) as reply_wait,
    if($hours = 'business', r.resolution_business_minutes, r.resolution_minutes) as solving_time,
    if($hours = 'business', r.first_resolution_business_minutes, r.first_resolution_minutes) as first_solving_time,
    if($hours = 'business', r.requester_wait_business_minutes, r.requester_wait_minutes) as waited,
    -- The part of the wait that passed while nobody was there: both counts run between the same two moments.
    if(r.reply_business_from = 'calendar', greatest(r.reply_minutes - r.reply_business_minutes, 0), null) as off_hours_wait,
    coalesce(r.reply_left_out, if(r.reply_business_from = 'calendar', null, 'no business hours')) as off_hours_left_out,
    r.{moment_tickets} as moment
  from main.facts r
  where {kept}{filters_tickets}
),

-- Those of the period.
tickets as (
  select *, {slice_tickets} as slice
  from tickets_any_time r
  where {happened}{period_tickets}
),

-- The same tickets with when their customer came back after them: at all, and about the same topic as far as topics are known;
-- null where that took more than a month. The newest stamp of their helpdesk is `seen_until`.
returns as (
  select r.*, n.next_contact, n.next_on_topic, s.as_of as seen_until
  from tickets r join main.sources s on s.source = r.source
  left join main.next_contacts n on n.source = r.source and n.id = r.id
),

-- The same tickets with a row for every time the customer waited for a reply; where nobody wrote there is one row, left out.
turns as (
  select r.*, m.asked_at as turn_asked_at, m.replied_at as turn_replied_at, if($hours = 'business', m.business_minutes, m.minutes) as turn_wait,
    case when r.dropped is not null then r.dropped
      when m.asked_at is null then 'no customer message in the file'
      when m.replied_at is null then 'not answered yet'
      when $hours = 'business' and m.business_minutes is null then 'not known in business hours' end as turn_left_out
  from tickets r left join main.replies m on m.source = r.source and m.ticket_id = r.id
),

-- The stretches of time a stock is read over: one, or one for each day, week, month or quarter.
-- `whole` is false for the one still running; `unbounded` is true where nobody asked for a start.
-- `slice` is null where rows bring their own.
periods as (
  {periods}
),

-- The same tickets sliced for a stock: where the slices are days or months, the periods bring them.
stock as (
  select r.*, {slice_stock} as slice,
    coalesce(coalesce(r.created_at < p.ends, p.unbounded and r.is_open) and (r.is_open or r.solved_at >= p.ends), false) as open_at_end
  from tickets_any_time r, (select max(ends) as ends, bool_and(unbounded) as unbounded from periods) p
  where r.dropped is null
),

-- Survey answers and offers, by the day they were answered.
answers as (
  select r.*, r.said_at as moment, {slice_answers} as slice
  from main.answers r
  where true{filters_answers}{period_answers}
),

-- Those of them that came with words, and how the words sound.
remarks as (
  select r.*, m.mood, m.mood_left_out from answers r
  join main.answer_moods m on m.kind = r.kind and m.source = r.source and m.id = r.id
),

-- Customers have no channel or team: those filters do not reach them.
accounts as (
  select r.*, {slice_accounts} as slice
  from main.accounts r
  where true{filters_accounts}
),

-- The same customers with whether they were there when the period ended.
customers_at_end as (
  select r.*, r.customer in (
      select s.customer from spells s join periods p on s.started_at < p.ends and (s.ended_at is null or s.ended_at >= p.ends)
    ) as at_end
  from accounts r
),

-- Customers who were there when a period started, what they paid, and whether they had left when it ended; newcomers
-- are in neither. Without a start: everyone there ever was. Customers without dates: the file's own flag, once.
tenures as (
  select coalesce(p.slice, a.slice) as slice, a.customer,
    not bool_or(s.ended_at is null or s.ended_at >= p.ends) as gone,
    coalesce(
      sum(s.mrr) filter (not p.unbounded and s.started_at < p.starts and (s.ended_at is null or s.ended_at >= p.starts)),
      sum(s.mrr) filter (s.ended_at is null or s.ended_at >= p.ends),
      arg_max(s.mrr, s.ended_at)) as mrr
  from periods p join accounts a on a.dated join spells s on s.customer = a.customer and s.started_at < p.ends
  group by p.slice, p.starts, a.slice, a.customer
  having bool_or(p.unbounded or (s.started_at < p.starts and (s.ended_at is null or s.ended_at >= p.starts)))
  union all
  select slice, customer, churned, mrr from accounts
  where not dated and churned is not null and slice is not null and $start is null and $end is null
),

-- The same customers with whether they were there when a period started, and paid then.
customers_at_start as (
  select r.*, r.customer in (select customer from tenures) as at_start,
    r.customer in (select customer from tenures where mrr is not null) as paying_at_start
  from accounts r
),

-- What each customer paid a month when the period ended; without dates, those the file does not call churned.
payments as (
  select coalesce(p.slice, a.slice) as slice, a.customer, coalesce(sum(s.mrr), any_value(a.mrr)) as measure
  from periods p join accounts a on a.dated
  join spells s on s.customer = a.customer and s.started_at < p.ends and (s.ended_at is null or s.ended_at >= p.ends)
  group by 1, 2
  union all
  select slice, customer, mrr from accounts where not dated and churned is distinct from true and slice is not null
),

-- How long each customer has stayed until the period ended, in months of 1/12 of a year, and whether they had left by then
-- (`seen`; the survival macro calls time minutes): everyone there ever was.
stays as (
  select coalesce(p.slice, a.slice) as slice, coalesce(a.ended_at < p.ends, false) as seen,
    greatest(0, date_diff('second', a.started_at, least(a.ended_at, p.ends)) / 2629746.0) as minutes
  from periods p join accounts a on a.dated and a.started_at < p.ends
  union all
  select slice, churned, tenure_months from accounts where not dated and tenure_months > 0 and churned is not null and slice is not null
),

-- The months a customer is expected to stay within 36: the area under the retention curve.
staying as (
  select w.slice, w.months - coalesce(sum(s.lost * greatest(0, w.months - s.minutes)), 0) as months
  from (select slice, least(36, max(minutes)) as months from stays group by slice) w
  left join (
    select *, coalesce(lag(surviving) over (partition by slice order by minutes), 1) - surviving as lost from survival_of('stays')
  ) s on s.slice = w.slice group by w.slice, w.months
),

-- Customers who ordered in a period, and whether they ordered again later in it.
buyers as (
  select coalesce(p.slice, a.slice) as slice, a.customer, max(o.ordered_at) > min(o.ordered_at) as again
  from periods p join main.purchases o on (p.unbounded or o.ordered_at >= p.starts) and o.ordered_at < p.ends
  join accounts a on a.customer = o.customer
  where coalesce(p.slice, a.slice) is not null
  group by 1, 2
)
