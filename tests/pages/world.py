"""A small, fixed world for looking at pages: three thousand tickets of one year, the last ones still open."""

from pathlib import Path

from data.derived import facts
from data.store import Store

# hash() gives every ticket its own, lasting luck; nothing here is drawn at random.
TICKETS = """
insert into tickets by name
with luck as (
  select i,
    (hash(i * 7 + 1) % 1000) / 1000.0 as a, (hash(i * 11 + 3) % 1000) / 1000.0 as b, (hash(i * 13 + 5) % 1000) / 1000.0 as c,
    timestamp '2024-11-21 09:00' + to_minutes(cast(i * 174 as bigint)) + to_minutes(cast(hash(i) % 600 as bigint)) as born
  from range(3000) t(i)
)
select 'helpdesk' as source, i::varchar as id, 1 as import_id, 'Question ' || i as subject,
  ['email', 'chat', 'phone', 'web', 'social'][1 + (hash(i * 3) % 5)::int] as channel,
  ['Billing', 'Technical', 'Onboarding'][1 + (hash(i * 5) % 3)::int] as team,
  ['low', 'normal', 'high', 'urgent'][1 + (hash(i * 17) % 4)::int] as priority,
  'Agent ' || chr(65 + (hash(i * 19) % 18)::int) as agent,
  'customer-' || (hash(i * 23) % 400) as customer_id,
  born as created_at,
  case when i < 2980 then 'solved' else 'open' end as status,
  case when i < 2988 then born + to_minutes(cast(5 + 240 * a * a * (1 + (hash(i * 3) % 5)::int) as bigint)) end as first_reply_at,
  case when i < 2980 then born + to_minutes(cast(300 + 4000 * b * b as bigint)) end as solved_at,
  case when c < 0.4 then (case when a < 0.6 then 5 when a < 0.8 then 4 when a < 0.9 then 3 else 1 end) end as csat_score,
  5 as csat_scale, true as csat_offered,
  case when i < 2980 then born + to_minutes(cast(400 + 4000 * b * b as bigint)) end as csat_at,
  1 as replies, case when c > 0.93 then 1 else 0 end as reopens, 0 as unread
from luck
"""


def build(path: Path) -> Path:
    """Writes the world into a database file that does not exist yet, and lets go of it."""
    store = Store.open(path)
    with store.writing() as cursor:
        cursor.execute(TICKETS)
        facts.rebuild(cursor)
    store.close()
    return path
