-- title: How many customers are known from service and from surveys?
-- rows: accounts
-- caveat: Of the customers there at the start of the period: who has a ticket, and who has answered a survey, before it ended.
with there as (select distinct customer from tenures)
select count(*) as customers,
  count(*) filter (customer in (select customer from main.facts where dropped is null and ($end is null or created_at < $end))) as with_tickets,
  count(*) filter (customer in (select customer from main.answers where score_left_out is null and ($end is null or said_at < $end)))
    as with_answers
from there having count(*) > 0
