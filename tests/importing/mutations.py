"""The ways in which programs, spreadsheets and people spoil a good file."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from dataclasses import replace

from tests.importing.drafts import SEPARATORS, Draft, Good, Line

Change = Callable[[Draft, Good, random.Random], Draft]


def another_separator(draft: Draft, good: Good, chance: random.Random) -> Draft:
    return draft if draft.titles else replace(draft, delimiter=chance.choice(SEPARATORS))


def another_encoding(draft: Draft, good: Good, chance: random.Random) -> Draft:
    name = chance.choice(["utf-8", "utf-16-le", "utf-16-be", "cp1252"])
    try:
        draft.text().encode(name)
    except UnicodeEncodeError:
        name = "utf-16-le"
    return replace(draft, encoding=name, marked=chance.random() < 0.5)


def other_line_ends(draft: Draft, good: Good, chance: random.Random) -> Draft:
    return replace(draft, ending=chance.choice(["\r\n", "\r"]), ends=chance.random() < 0.5)


def all_quoted(draft: Draft, good: Good, chance: random.Random) -> Draft:
    return replace(draft, quoting=chance.choice([csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]))


def titles_above(draft: Draft, good: Good, chance: random.Random) -> Draft:
    titles = ("Weekly report", "Support, all teams", "Created 2025-01-31", "")
    return replace(draft, titles=titles[: chance.randrange(1, 5)]) if len(good.head[0]) > 3 else draft


def declared_separator(draft: Draft, good: Good, chance: random.Random) -> Draft:
    sign = chance.choice(SEPARATORS)
    return replace(draft, delimiter=sign, titles=(f"sep={sign}", *draft.titles)) if not draft.titles else draft


def separators_at_the_end(draft: Draft, good: Good, chance: random.Random) -> Draft:
    """Of every line, the header's too, or of the rows alone."""
    head = draft.head if chance.random() < 0.5 else [[*row, ""] for row in draft.head]
    lines = [replace(line, cells=[*line.cells, ""]) if line.cells else line for line in draft.lines]
    return replace(draft, head=head, lines=lines)


def other_case(draft: Draft, good: Good, chance: random.Random) -> Draft:
    change = chance.choice([str.upper, str.lower])
    return replace(draft, head=[[change(cell) for cell in draft.head[0]], *draft.head[1:]])


def shuffled_rows(draft: Draft, good: Good, chance: random.Random) -> Draft:
    return replace(draft, lines=chance.sample(draft.lines, len(draft.lines)))


def shuffled_columns(draft: Draft, good: Good, chance: random.Random) -> Draft:
    return _columns(draft, chance.sample(range(len(draft.head[0])), len(draft.head[0])))


def dropped_column(draft: Draft, good: Good, chance: random.Random) -> Draft:
    places = list(range(len(draft.head[0])))
    places.remove(chance.choice(places))
    return replace(_columns(draft, places), lost_columns=True)


def repeated_column(draft: Draft, good: Good, chance: random.Random) -> Draft:
    place = chance.randrange(len(draft.head[0]))
    return _columns(draft, [*range(len(draft.head[0])), place])


def foreign_column(draft: Draft, good: Good, chance: random.Random) -> Draft:
    """A column of somebody's own, in any place; at the end it may be without any value."""
    place, value = chance.randrange(len(draft.head[0]) + 1), chance.choice(["", "zebra", "17"])

    def put(row: list[str], cell: str) -> list[str]:
        return [*row[:place], cell, *row[place:]]

    head = [put(row, "House colour" if not number else "") for number, row in enumerate(draft.head)]
    if good.name in ("surveymonkey", "qualtrics"):
        return draft  # a second header row says what its columns are: a foreign one is part of no such file
    lines = [replace(line, cells=put(line.cells, value)) if line.cells else line for line in draft.lines]
    return replace(draft, head=head, lines=lines)


def _columns(draft: Draft, places: list[int]) -> Draft:
    head = [[row[place] for place in places] for row in draft.head]
    lines = [replace(line, cells=[line.cells[place] for place in places]) if line.cells else line for line in draft.lines]
    return replace(draft, head=head, lines=lines)


def dropped_rows(draft: Draft, good: Good, chance: random.Random) -> Draft:
    whole = _whole(draft)
    gone = {line.made for line in chance.sample(whole, len(whole) // 4)}
    return replace(draft, lines=[line for line in draft.lines if line.made is None or line.made not in gone])


def repeated_rows(draft: Draft, good: Good, chance: random.Random) -> Draft:
    again = [replace(line, made=None) for line in chance.sample(draft.lines, 2)]
    return replace(draft, lines=[*draft.lines, *again])


def _inserted(draft: Draft, chance: random.Random, line: Line, last: bool = False) -> Draft:
    place = len(draft.lines) if last else chance.randrange(len(draft.lines) + 1)
    return replace(draft, lines=[*draft.lines[:place], line, *draft.lines[place:]])


def blank_lines(draft: Draft, good: Good, chance: random.Random) -> Draft:
    for raw in ("", draft.delimiter * (len(draft.head[0]) - 1), "  "):
        draft = _inserted(draft, chance, Line(raw=raw, record=False))
    return draft


def footer(draft: Draft, good: Good, chance: random.Random) -> Draft:
    raw = chance.choice(["Generated by the reporting tool", "Copyright 2025", "Reporting period: 2025"])
    draft = _inserted(draft, chance, Line(raw="", record=False), last=True) if chance.random() < 0.5 else draft
    return _inserted(draft, chance, Line(raw=raw), last=True)


def totals_row(draft: Draft, good: Good, chance: random.Random) -> Draft:
    width = len(draft.head[0])
    cells = ["Total", *[""] * (width - 2), "41"] if width > 1 else ["Total"]
    return _inserted(draft, chance, Line(cells), last=True)


def _model(draft: Draft, chance: random.Random) -> list[str]:
    return list(chance.choice(_whole(draft)).cells or [])


def _whole(draft: Draft) -> list[Line]:
    return [line for line in draft.lines if line.cells and line.made is not None]


def header_again(draft: Draft, good: Good, chance: random.Random) -> Draft:
    """Two exports put one below the other."""
    return _inserted(draft, chance, Line(draft.head[0]))


def short_row(draft: Draft, good: Good, chance: random.Random) -> Draft:
    cells = _model(draft, chance)
    return _inserted(draft, chance, Line(cells[: chance.randrange(1, len(cells))]))


def long_row(draft: Draft, good: Good, chance: random.Random) -> Draft:
    return _inserted(draft, chance, Line([*_model(draft, chance), "one", "too many"]))


def open_quote(draft: Draft, good: Good, chance: random.Random) -> Draft:
    cells = [cell.replace('"', "").replace("\n", " ") or "x" for cell in _model(draft, chance)]
    place = chance.randrange(len(cells))
    cells[place] = '"' + cells[place]
    plain = [cell if draft.delimiter not in cell else "x" for cell in cells]
    return _inserted(draft, chance, Line(raw=draft.delimiter.join(plain)))


def stray_quote(draft: Draft, good: Good, chance: random.Random) -> Draft:
    model = chance.choice(_whole(draft))
    cells = [cell.replace('"', "").replace("\n", " ").replace(draft.delimiter, " ") for cell in model.cells or []]
    place = chance.randrange(len(cells))
    cells[place] = f'"{cells[place]} "hi" to me"'
    draft = replace(draft, rivals=(*draft.rivals, model.made or 0))
    return _inserted(draft, chance, Line(raw=draft.delimiter.join(cells)))


def _cell_changed(draft: Draft, chance: random.Random, value: str, column: int | None = None) -> tuple[Draft, int]:
    at = chance.choice([place for place, line in enumerate(draft.lines) if line.cells and line.made is not None])
    line = draft.lines[at]
    cells = list(line.cells or [])
    column = chance.randrange(len(cells)) if column is None else column
    cells[column] = value
    return replace(draft, lines=[*draft.lines[:at], replace(line, cells=cells, made=None), *draft.lines[at + 1 :]]), column


def empty_cell(draft: Draft, good: Good, chance: random.Random) -> Draft:
    return _cell_changed(draft, chance, "")[0]


def null_word(draft: Draft, good: Good, chance: random.Random) -> Draft:
    return _cell_changed(draft, chance, chance.choice(["NULL", "N/A", "nan", "-", "\\N", "1900-01-01", "(blank)"]))[0]


def zero_byte(draft: Draft, good: Good, chance: random.Random) -> Draft:
    return _cell_changed(draft, chance, "a\0b")[0]


def stray_bytes(draft: Draft, good: Good, chance: random.Random) -> Draft:
    stray = chance.choice([b"\xff", b"\xe9", b"\x81", b"\xc3\x28", b"\xf0\x9f"])
    if draft.encoding not in ("utf-8", "cp1252"):
        return draft
    return replace(_cell_changed(draft, chance, "ca STRAY ll")[0], stray=stray)


def odd_signs(draft: Draft, good: Good, chance: random.Random) -> Draft:
    """What other programs take for the end of a line, or for nothing at all."""
    signs = chance.choice(["a\u2028b", "a\x0bb", "a\x0cb", "a\x1cb", "a\x85b", " a", "a\u00a0", "a\ufeffb", 'a\\"b', "'a", "=1+1"])
    return _cell_changed(draft, chance, signs)[0]


def lines_in_a_cell(draft: Draft, good: Good, chance: random.Random) -> Draft:
    return _cell_changed(draft, chance, "Hello,\n\nthanks; bye\n" + chance.choice(["", '"', "1,2,3\n", "x" * 3_000_000]))[0]


def junk_cell(draft: Draft, good: Good, chance: random.Random) -> Draft:
    kinds = ("when", "number", "duration", "score")
    names = draft.head[0]
    known = [place for place, name in enumerate(names) if good.kinds.get(name) in kinds and names.index(name) == place]
    if not known:
        return draft
    junk = chance.choice(["%$#!", "see below", "35/77/2024", "12..5.5x"])
    draft, column = _cell_changed(draft, chance, junk, chance.choice(known))
    return replace(draft, spoiled=(*draft.spoiled, draft.head[0][column]))


# the order matters: what is done to columns and cells comes before raw lines are put between them
ABOUT_COLUMNS: tuple[Change, ...] = (shuffled_columns, dropped_column, repeated_column, foreign_column)
ABOUT_CELLS: tuple[Change, ...] = (empty_cell, null_word, zero_byte, stray_bytes, odd_signs, lines_in_a_cell, junk_cell)
ABOUT_STYLE: tuple[Change, ...] = (
    another_separator, declared_separator, all_quoted, other_case, other_line_ends, titles_above, separators_at_the_end,
)  # fmt: skip
ABOUT_ROWS: tuple[Change, ...] = (
    shuffled_rows, dropped_rows, repeated_rows, header_again, blank_lines, short_row, long_row,
    open_quote, stray_quote, totals_row, footer,
)  # fmt: skip
ENCODING: tuple[Change, ...] = (another_encoding,)


def spoiled(good: Good, seed: str) -> Draft:
    """The good file after a handful of changes; the same seed gives the same file."""
    chance = random.Random(seed)
    groups = (ABOUT_COLUMNS, ABOUT_CELLS, ABOUT_STYLE, ABOUT_STYLE, ABOUT_ROWS, ABOUT_ROWS, ENCODING)
    chosen = [chance.choice(group) for group in groups if chance.random() < 0.45]
    draft = good.draft()
    for change in chosen:
        draft = change(draft, good, chance)
    return replace(draft, done=tuple(change.__name__ for change in chosen))
