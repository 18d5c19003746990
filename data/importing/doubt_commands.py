"""Doubts on the command line: shown with their consequences, answered, and counted for jobs that nobody watches.

Consequences are numbers, and numbers are defined in the layer above: its own command is asked for them, in a process of its own,
as a person would. Nothing here imports it, no number is defined twice, and an import without a doubt never asks.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from data.cells.doubts import Doubt
from data.importing import answer_doubt
from data.importing.receipt import Receipt, as_text
from data.store import Store

NUMBERS = "queries"  # the program that answers for numbers
UNTOLD = "What each answer would make of the numbers could not be worked out."
DRY = "What each answer would make of the numbers is shown once the file is imported."
Told = Mapping[str, Any]


def parsers(commands: argparse._SubParsersAction[argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    said = commands.add_parser("answer", parents=[shared], help="answer what an import left open; files of its kind are read so")
    said.add_argument("import_id", metavar="IMPORT_ID")
    said.add_argument("doubt", metavar="DOUBT", help="its id, as the receipt tells it")
    said.add_argument("answer", metavar="ANSWER")


def answer(store: Store, options: argparse.Namespace) -> int:
    """Read anew under the answer, and show what that made of it."""
    done = answer_doubt.answer(store, options.import_id, options.doubt, options.answer)
    if not options.json:
        again = f", and {len(done.receipts)} imports are read anew" if len(done.receipts) > 1 else ""
        print(f"{done.doubt} is '{done.answer}', for later files of this kind too{again}.")
    tell(store, done.receipts, options.json)
    return 0


def tell(store: Store, receipts: Sequence[Receipt], as_json: bool) -> None:
    """Print receipts with what they leave open. The store is closed before: one process at a time may have it."""
    asking = [one.import_id for one in receipts if one.open and not one.dry_run]
    store.close()
    told = _consequences(store, asking) if asking else {}
    if as_json:
        print(json.dumps([_as_dict(one, told) for one in receipts], ensure_ascii=False, indent=1))
    elif receipts:
        print("\n\n".join("\n".join([as_text(one), *_questions(one, told)]) for one in receipts))


def _consequences(store: Store, imports: Sequence[str]) -> Told:
    command = [sys.executable, "-m", NUMBERS, "consequences", "--imports", *imports, "--database", str(store.path), "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 - our own words, and no shell
    found: Told = json.loads(done.stdout) if done.returncode == 0 else {}
    return found


def _as_dict(receipt: Receipt, told: Told) -> dict[str, Any]:
    """`doubts` with their consequences; `untold` says why there are none."""
    found = receipt.as_dict()
    for doubt in found["doubts"]:
        for way in doubt["alternatives"]:
            way["consequences"] = _numbers(receipt, told, doubt["id"]).get(way["answer"], {})
        if sentence := _untold(receipt, told, doubt["id"]):
            doubt["untold"] = sentence
    return found


def _numbers(receipt: Receipt, told: Told, doubt: str) -> Mapping[str, Mapping[str, float | None]]:
    found: Mapping[str, Mapping[str, float | None]] = (
        told.get("imports", {}).get(receipt.import_id, {}).get("doubts", {}).get(doubt, {})
    )
    return found


def _untold(receipt: Receipt, told: Told, doubt: str) -> str | None:
    if receipt.dry_run:
        return DRY
    if _numbers(receipt, told, doubt):
        return None
    return str(told.get("imports", {}).get(receipt.import_id, {}).get("untold", {}).get(doubt, UNTOLD))


def _questions(receipt: Receipt, told: Told) -> list[str]:
    """For a terminal: each question, its readings and what they would make of the numbers, and how to answer."""
    lines: list[str] = []
    for doubt in receipt.open:
        lines.append(f"  ? {doubt.question} ({doubt.rows:,} {'row' if doubt.rows == 1 else 'rows'})")
        lines += [f"      {_reading(receipt, told, doubt, way.answer, way.words)}" for way in doubt.alternatives]
        if sentence := _untold(receipt, told, doubt.id):
            lines.append(f"      {sentence}")
        if not receipt.dry_run:
            lines.append(f"      python -m data answer {receipt.import_id} '{doubt.id}' ANSWER")
    return lines


def _reading(receipt: Receipt, told: Told, doubt: Doubt, answer: str, words: str) -> str:
    assumed = " (assumed)" if answer == doubt.assumed else ""
    metrics = told.get("metrics", {})
    found = _numbers(receipt, told, doubt.id).get(answer, {})
    numbers = [f"{metrics[name]['title']} {_number(value, metrics[name]['unit'])}" for name, value in found.items()]
    return f"'{answer}'{assumed}: {words}" + (f": {', '.join(numbers)}" if numbers else "")


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return "no data"
    number = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return number if unit == "count" else f"{number} {unit}"
