-- Worked out once, because it sorts all tickets by customer; hashes sort somewhat faster than names.
-- One row per ticket whose customer came back within a month of its creation or of its last solving: at all, and about the
-- same topic as far as topics are known. Only in the same helpdesk. A ticket that an agent started is nobody coming back.
--   source, id     the ticket
--   next_contact   when its customer wrote again
--   next_on_topic  when they did about the same topic
create or replace table next_contacts as
select source, id, next_contact, next_on_topic from (
  select source, id, greatest(created_at, solved_at) + interval 30 day as until, lead(contact ignore nulls) over later as next_contact,
    case when topic is null then next_contact else least(
      lead(contact ignore nulls) over (partition by hash(source, customer, topic) order by created_at, id),
      lead(if(topic is null, contact, null) ignore nulls) over later) end as next_on_topic
  from (select source, id, customer, topic, created_at, solved_at,
      if(reply_left_out = 'started by an agent', null, created_at) as contact
    from facts where dropped is null and customer is not null and created_at is not null)
  window later as (partition by hash(source, customer) order by created_at, id)
)
where next_contact <= until;
