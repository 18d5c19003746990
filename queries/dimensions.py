"""What an answer can be sliced by: a closed set of names, each one SQL expression over the scoped rows."""

from __future__ import annotations

from collections.abc import Mapping

GRAINS: Mapping[str, str] = {"day": "%Y-%m-%d", "week": "%Y-%m-%d", "month": "%Y-%m", "quarter": ""}
CLOCK = ("hour", "weekday")
COLUMNS = (
    "channel",
    "team",
    "agent",
    "priority",
    "type",
    "topic",
    "source",
    "segment",
    "plan",
    "country",
    "language",
    "customer",
    "survey",
    "score",
)
MANY = ("tag", "theme")  # a row may stand in several slices
JOINED = " + "  # between the names of all themes of a row, where it may stand in one slice only (`themes`, for why.py)
BY = (*GRAINS, *CLOCK, *COLUMNS, *MANY, "sentiment")
NAMELESS = ("not set", "no theme", "no mood known")  # slices that no filter can name

HAS: Mapping[str, frozenset[str]] = {
    "tickets": frozenset(BY) - {"survey", "score"},
    "answers": frozenset(BY),
    "accounts": frozenset({*GRAINS, "segment", "plan", "country", "language", "source", "customer"}),
}


class UnknownDimension(ValueError):
    """Nothing is sliced by that name here; the message lists the names that work."""


def check(by: str | None, rows: str) -> None:
    """Raise UnknownDimension unless `rows` can be sliced by `by`."""
    if by is not None and by not in HAS[rows]:
        raise UnknownDimension(f"'{by}' is not a dimension of {rows}; there are {', '.join(sorted(HAS[rows]))}")


def bucket(grain: str, stamp: str) -> str:
    """SQL that names the day, week, month or quarter `stamp` falls in."""
    if grain == "quarter":
        return f"strftime({stamp}, '%Y') || '-Q' || quarter({stamp})"
    return f"strftime(date_trunc('{grain}', {stamp}), '{GRAINS[grain]}')"


def expression(by: str | None, rows: str, moment: str) -> str:
    """SQL for the `slice` column of `rows`; null where the slice comes from the periods instead."""
    if by is None:
        return "'all'"
    if by in GRAINS:
        return bucket(by, moment) if rows != "accounts" else "null::varchar"
    if by == "hour":
        return f"strftime({moment}, '%H')"
    if by == "weekday":
        return f"strftime({moment}, '%A')"
    return {
        "tag": "unnest(coalesce(nullif(tags, []), ['not set']))",
        "theme": f"unnest({THEMES[rows]})" if rows in THEMES else "",
        "themes": f"array_to_string(list_sort({THEMES[rows]}), '{JOINED}')" if rows in THEMES else "",
        "sentiment": f"coalesce(({MOOD_OF[rows]}), 'no mood known')" if rows in MOOD_OF else "",
        "score": "coalesce(rtrim(score::decimal(9, 2)::varchar, '0').rtrim('.'), 'not set')",
    }.get(by) or f"coalesce({by}::varchar, 'not set')"


THEMES: Mapping[str, str] = {
    "tickets": "coalesce((select list(theme) from ticket_themes h where h.source = r.source and h.id = r.id), ['no theme'])",
    "answers": "coalesce((select list(theme) from answer_themes h "
    "where h.kind = r.kind and h.source = r.source and h.id = r.id), ['no theme'])",
}
# A ticket sounds as the comments about it do; of two that disagree the unhappy one.
MOOD_OF: Mapping[str, str] = {
    "tickets": "select min(m.mood) from main.answers a join answer_moods m on m.kind = a.kind and m.source = a.source "
    "and m.id = a.id where a.ticket_source = r.source and a.ticket_id = r.id",
    "answers": "select any_value(m.mood) from answer_moods m where m.kind = r.kind and m.source = r.source and m.id = r.id",
}
