"""Finds scales on which 1 is the best: what stands beside the numbers says so, "1 - Very satisfied" or "(1 = best, 5 = worst)"."""

from __future__ import annotations

import re
from functools import cache

from data.cells.sql_forms import one_of
from data.cells.vocabulary import vocabulary

BESIDE = r"^\d+\s*[-–:.=(]*\s*([^\d()][^()]*?)\s*\)?$"  # the words of "1 - Very satisfied"
ENDS = re.compile(r"(\d+)\s*(?:=|:|is)\s*([^,;/()\d]+)")
GOOD = ("best", "highest", "strongly agree", "top")
BAD = ("worst", "lowest", "strongly disagree")
WORDED = "'{name}' goes by its words: they say who is satisfied, the numbers beside them do not."
TURNED = "'{name}': 1 is the best here, as the words beside it say: scores are turned round."


@cache
def words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the satisfied and the others say."""
    known = vocabulary()["satisfied"]
    good, bad = (tuple(word for word, score in known.items() if score == wanted) for wanted in ("1", "0"))
    return (*good, *GOOD), (*bad, *BAD)


def measures(place: int, number: str) -> dict[str, str]:
    """The mean number beside a good word, and beside any other."""
    beside = f"lower(regexp_extract(v{place}, '{BESIDE}', 1))"
    good, bad = words()
    return {
        "good": f"avg({number}) filter ({one_of(beside, good)})",
        "bad": f"avg({number}) filter ({one_of(beside, bad)})",
        "worded": f"count({number}) filter ({one_of(beside, (*good, *bad))})",
    }


def by_word(value: str) -> str:
    """SQL that is 1 beside a good word and 0 beside another: of scales that go to 3 or 4, only the words tell who is satisfied."""
    beside = f"lower(regexp_extract({value}, '{BESIDE}', 1))"
    good, bad = words()
    return f"case when {one_of(beside, good)} then 1.0 when {one_of(beside, bad)} then 0.0 end"


def by_cells(good: float | None, bad: float | None) -> bool:
    """Whether good words stand beside lower numbers."""
    return good is not None and bad is not None and good < bad


def by_name(header: str) -> bool:
    """Whether the column's name says that the lowest number is the best."""
    ends = sorted((int(number), said.strip().lower()) for number, said in ENDS.findall(header))
    good, bad = words()
    return len(ends) >= 2 and ends[0][1] in good and ends[-1][1] in bad
