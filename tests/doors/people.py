"""The small world with customers who have names, so that a name that gets through is seen."""

import re
from pathlib import Path

from data.derived import facts
from data.store import Store
from tests.pages import world

CUSTOMERS = """
insert into customers by name
select 'helpdesk' as source, 'customer-' || i as id, 1 as import_id, 'person' || i || '@quux.example' as email,
  'Wilhelmina' as name, 'Quuxworks' as organization, ['small', 'large'][1 + i % 2] as segment, 'basic' as plan,
  timestamp '2024-11-21' as created_at, 10.0 + i as mrr, 0 as unread,
  case when i % 5 = 0 then timestamp '2025-10-01' + to_hours(i) end as churned_at
from range(400) t(i)
"""
COMMENTS = """
insert into responses by name
select 'survey' as source, 'a' || i as id, 1 as import_id, 'nps' as kind, 'customer-' || i as customer_id, 0 as scale_min,
  10 as scale_max, (hash(i) % 11)::double as score, timestamp '2025-11-01' + to_hours(i) as answered_at, 0 as unread,
  'Wilhelmina at Quuxworks waited too long, call person' || i || '@quux.example' as comment
from range(60) t(i)
"""
# Names, addresses and the customers' own marks; subjects of tickets are `Question 17`.
PERSONAL = re.compile(r"Wilhelmina|Quuxworks|quux\\?\.example|person\d+|customer-\d+|Question \d+")


def build(path: Path) -> Path:
    world.build(path)
    store = Store.open(path)
    with store.writing() as cursor:
        cursor.execute(CUSTOMERS)
        cursor.execute(COMMENTS)
        facts.rebuild(cursor)
    store.close()
    return path
