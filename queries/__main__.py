"""python -m queries METRIC [--by DIMENSION] [--where key=value ...] [--from D --to D] [--hours business] [--json]"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import queries
from data import store as stores
from data.open_errors import CannotOpen
from data.store import Store
from queries import dimensions, doubt_consequences
from queries.filters import Filters


def main(arguments: list[str] | None = None) -> int:
    """Exit 0 with the answer, or 2 with one line on stderr."""
    given = _parser().parse_args(arguments)
    try:
        commands: dict[str, Callable[[argparse.Namespace], int]] = {"list": _list, "consequences": _consequences}
        return commands.get(given.metric, _answer)(given)
    except (ValueError, CannotOpen) as error:
        print(f"deskpulse: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m queries", description="Ask for a number on the command line.")
    parser.add_argument("metric", help="a metric's id, `list`, or `consequences` of the answers to what imports left open")
    parser.add_argument("--imports", nargs="+", default=[], metavar="IMPORT_ID", help="whose consequences")
    parser.add_argument("--by", help="slice by a dimension: week, channel, team ...")
    parser.add_argument("--where", nargs="+", default=[], action="extend", metavar="KEY=VALUE", help="keep only these rows")
    parser.add_argument("--from", dest="start", metavar="YYYY-MM-DD", help="first day")
    parser.add_argument("--to", dest="end", metavar="YYYY-MM-DD", help="last day")
    parser.add_argument("--hours", default="calendar", help="calendar or business")
    parser.add_argument("--attribution", default="created", help="created or event")
    parser.add_argument("--database", help="the database file")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser


def _list(given: argparse.Namespace) -> int:
    known = [{"id": m.id, "title": m.title, "question": m.question, "unit": m.unit} for m in queries.METRICS.values()]
    print(json.dumps(known, indent=1) if given.json else "\n".join(f"{m['id']:32} {m['question']}" for m in known))
    return 0


def _consequences(given: argparse.Namespace) -> int:
    """For programs: what each answer to an open question of these imports would make of the numbers."""
    store = Store.open(stores.location(given.database))
    try:
        print(json.dumps(doubt_consequences.listed(store, given.imports), ensure_ascii=False, indent=1))
    finally:
        store.close()
    return 0


def _answer(given: argparse.Namespace) -> int:
    found = queries.metric(given.metric)
    store = Store.open(stores.location(given.database))
    try:
        filters = _filters(given, store)
        frame = queries.answer(found.id, filters, given.by, store)
        answer = {
            "metric": found.id,
            "unit": found.unit,
            "filters": _said(filters),
            "rows": [_plain(row) for row in frame.to_dict("records")],
            "excluded": queries.excluded(found.id, filters, store),
        }
        if doubts := queries.doubts(found.id, filters, store, given.by):
            answer["doubts"] = [doubt.id for doubt in doubts]
    finally:
        store.close()
    print(json.dumps(answer, indent=1) if given.json else _table(answer))
    return 0


def _filters(given: argparse.Namespace, store: Store) -> Filters:
    chosen: dict[str, tuple[str, ...]] = {}
    for pair in given.where:
        key, found, value = pair.partition("=")
        if not found or key not in dimensions.filters():
            raise ValueError(f"'{pair}' is not a filter; write KEY=VALUE with a key of {', '.join(dimensions.filters())}")
        known = queries.options(key, store)
        if known and value not in known:
            raise ValueError(f"{key} has no value '{value}'; there are {', '.join(known[:20])}{' ...' if len(known) > 20 else ''}")
        chosen[key] = (*chosen.get(key, ()), value)
    start, end = _day(given.start), _day(given.end)
    span = "custom" if start or end else "all"
    return Filters(span, start, end, hours=given.hours, attribution=given.attribution, chosen=chosen.items())


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{text}' is not a date; write YYYY-MM-DD") from None


def _said(filters: Filters) -> dict[str, object]:
    """In full: what was not asked for is said by its default."""
    said: dict[str, object] = {"range": filters.range, "start": filters.start, "end": filters.end, "hours": filters.hours}
    said |= {"attribution": filters.attribution, **filters.values}
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in said.items() if value is not None}


def _plain(row: dict[Any, Any]) -> dict[str, object]:
    return {str(key): None if isinstance(value, float) and math.isnan(value) else value for key, value in row.items()}


def _table(answer: dict[str, Any]) -> str:
    lines = [f"{answer['metric']} ({answer['unit']})"]
    for row in answer["rows"]:
        spread = f"  {_digits(row['low'])} to {_digits(row['high'])}" if row["low"] is not None and row["high"] is not None else ""
        value = "no data" if row["value"] is None else _digits(row["value"])
        lines.append(f"  {row['slice'] or 'not set':32} {value:>14}{spread}  n={row['n']:,}")
    lines += [f"  left out: {count:,} {reason}" for reason, count in answer["excluded"].items()]
    lines += [f"  rests on an open question: {doubt}" for doubt in answer.get("doubts", ())]
    return "\n".join(lines)


def _digits(value: float) -> str:
    """Four digits tell enough; of large counts every one."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


if __name__ == "__main__":
    sys.exit(main())
