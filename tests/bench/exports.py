"""Ticket exports of any size for measurements: the same rows every time, no randomness but hashes of the row number."""

from __future__ import annotations

from pathlib import Path

import duckdb

TICKETS = """
copy (
  with drawn as (
    select i, timestamp '2024-11-01' + to_seconds((i * 63072000 / {rows})::bigint) as created_at,
      hash(i, 1) % 1000 / 1000.0 as luck,
      -ln(1 - hash(i, 2) % 999999 / 1e6) as first_wait,
      -ln(1 - hash(i, 3) % 999999 / 1e6) as work,
      ['email', 'email', 'chat', 'web', 'phone'][1 + (hash(i, 4) % 5)::int] as channel
    from range({rows}) numbers(i)
  ),
  answered as (
    select *,
      created_at + to_seconds((first_wait * case channel when 'chat' then 240 when 'phone' then 90 else 14400 end)::bigint)
        as replied_at
    from drawn
  )
  select 'T-' || lpad(i::varchar, 9, '0') as ticket_id,
    strftime(created_at, '%Y-%m-%d %H:%M:%S') as created_at,
    case when luck < 0.96 then strftime(replied_at, '%Y-%m-%d %H:%M:%S') end as first_response_at,
    case when luck < 0.90 then strftime(replied_at + to_seconds((work * 100000)::bigint), '%Y-%m-%d %H:%M:%S') end as resolved_at,
    case when luck < 0.90 then 'closed' when luck < 0.97 then 'open' else 'pending' end as status,
    channel,
    ['low', 'normal', 'normal', 'high', 'urgent'][1 + (hash(i, 5) % 5)::int] as priority,
    'Team ' || chr(65 + (hash(i, 6) % 9)::int) as team,
    'agent-' || lpad((hash(i, 6) % 180)::varchar, 3, '0') as agent,
    (100000 + hash(i, 7) % {customers})::bigint as customer_id,
    ['Cannot sign in', 'Wrong amount on the invoice', 'App closes on upload', 'How to export', 'Refund for an order',
     'Parcel is late', 'Error 500 from the API', 'Please add a dark theme'][1 + (hash(i, 8) % 8)::int]
      || ' ' || (hash(i, 9) % 999999) as subject,
    case when luck < 0.90 and hash(i, 10) % 100 < 28 then 1 + (hash(i, 11) % 5)::int end as csat,
    case when hash(i, 12) % 100 < 6 then (hash(i, 13) % 11)::int end as nps,
    ['billing;refund', 'login', 'bug;mobile', 'how-to', 'api;export'][1 + (hash(i, 14) % 5)::int] as tags,
    1 + (hash(i, 15) % 4)::int as messages_count,
    case when hash(i, 16) % 100 < 7 then 1 else 0 end as reopen_count,
    round(work * 20, 1) as handle_minutes
  from answered
) to '{path}' (format csv, header true)
"""


def tickets(rows: int, folder: Path) -> Path:
    """Write (once) and return a ticket export of `rows` rows; about 190 bytes a row."""
    path = folder / f"tickets-{rows}.csv"
    if not path.exists():
        with duckdb.connect() as connection:
            connection.execute(TICKETS.format(rows=rows, customers=max(rows // 10, 1000), path=path))
    return path
