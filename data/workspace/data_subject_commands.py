"""python -m data person | forget: what one person may ask for."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from data.store import Store
from data.workspace import data_subjects


def parsers(commands: Any, shared: argparse.ArgumentParser) -> None:
    person = commands.add_parser("person", parents=[shared], help="write everything about one person into a file")
    person.add_argument("who", metavar="CUSTOMER_OR_EMAIL")
    person.add_argument("--out", metavar="FILE", type=Path, required=True, help="a file that is not there yet (JSON)")
    gone = commands.add_parser("forget", parents=[shared], help="take one person out of every table, now and in later imports")
    gone.add_argument("who", metavar="CUSTOMER_OR_EMAIL")


def hand_out(store: Store, options: argparse.Namespace) -> int:
    """Into a new file that only its owner can read."""
    found = data_subjects.export(store, options.who)
    try:
        with open(options.out, "x", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            json.dump(found, file, default=str, ensure_ascii=False, indent=1)
    except OSError as error:
        print(f"{options.out} cannot be written: {error.strerror}.", file=sys.stderr)
        return 1
    counts = {table: len(rows) for table, rows in found.items()}
    print(json.dumps(counts) if options.json else f"{sum(counts.values()):,} rows about {options.who} are in {options.out}.")
    return 0


def forget(store: Store, options: argparse.Namespace) -> int:
    done = data_subjects.forget(store, options.who)
    reports = [{"title": share.title, "created": str(share.created)} for share in done.reports]
    said = {"rows": done.rows, "called": done.alias, "reports": reports}
    print(json.dumps(said, ensure_ascii=False) if options.json else data_subjects.told(done))
    return 0
