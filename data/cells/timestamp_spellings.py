"""Stamps that are written in another way, put into the usual one: weekdays, "at 2 p. m.", 2025年3月2日, Sat Mar 01 09:12:23 2025.

Every rule is one expression that Python and DuckDB read alike. Python puts a column's shapes into the usual form, SQL its cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from data.cells.sql_forms import text

DAYS = (  # never "mar", which is also a month
    "(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|tues|thurs|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so|"
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|"
    "lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|"
    "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
)
RULES = (
    (rf"(?i)^(?:{DAYS})(?:\.,|[.,])? (.)", r"\1"),
    (r"(\d)(?:st|nd|rd|th)\b", r"\1"),
    (r"^(.*\d.*) ?\([^()]*\)?$", r"\1"),  # "(Central European Summer Time)"
    (r"\s*\n\s*", " "),
    (r" (?:GMT|UTC) ?\+(\d)$", r" +0\1:00"),
    (r" (?:GMT|UTC) ?-(\d)$", r" -0\1:00"),
    (r" (?:GMT|UTC) ?([+-]\d)", r" \1"),
    (r" ([+-]\d{4}) [A-Z]{3,4}$", r" \1"),
    (r"^([A-Za-z]{3}) +(\d{1,2}) (\d{1,2}:\d\d:\d\d)( [A-Z]{3,4}| [+-]\d{4})? (\d{4})$", r"\1 \2 \5 \3\4"),  # as Unix says it
    (r"^([A-Za-z]{3,9})-(\d{1,2})-(\d{4})", r"\1 \2 \3"),
    (r"^(\d{4})(\d\d)(\d\d)[T ](\d\d):?(\d\d):?(\d\d)", r"\1-\2-\3 \4:\5:\6"),
    (r"^(\d{4}-\d\d-\d\d)[ T-](\d\d)\.(\d\d)\.(\d\d)", r"\1 \2:\3:\4"),
    (r"^(\d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp][Mm])?),? (\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4})$", r"\2 \1"),
    (r"^(.*\d),? (?:-|à|às|om|kl\.?|klo|um|alle|alle ore|o) (\d{1,2}[:.]\d\d)", r"\1 \2"),
    (r" ([AaPp][Mm]) (\d{1,2}:\d\d(?::\d\d)?)$", r" \2 \1"),
    (r"^(\d{4})[年년] ?(\d{1,2})[月월] ?(\d{1,2})[日일]", r"\1-\2-\3"),
    (r"^(\d{4})\. (\d{1,2})\. (\d{1,2})\.?( |$)", r"\1-\2-\3\4"),
    (r"(?:上午|午前|오전) ?(\d{1,2}:\d\d(?::\d\d)?)", r"\1 AM"),
    (r"(?:下午|午後|오후) ?(\d{1,2}:\d\d(?::\d\d)?)", r"\1 PM"),
    (r"([aApP])\. [mM]\.?", r"\1m"),
    (r" Uhr$", ""),
    (r" (?:à )?(\d{1,2}) ?[hH] ?(\d\d)$", r" \1:\2"),
    (r"^(\d{1,2}[-./]\d{1,2}[-./]\d{4},?)(?: kl\.?)? (\d{1,2})\.(\d\d)$", r"\1 \2:\3"),
    (r"^(\d{1,2}[-./]\d{1,2}[-./]\d{4},?)(?: kl\.?)? (\d{1,2})\.(\d\d)\.(\d\d)$", r"\1 \2:\3:\4"),
)
_COMPILED = tuple((re.compile(rule), usual) for rule, usual in RULES)
# what programs write for a moment that never was: 0 and -1 seconds, the first and the last day they know
NEVER = r"^(0|-1|0\.0+)$|^[\d./ :TZAPM-]*\b(9999|0001|1900|1899|1753|1601)\b[\d./ :TZAPM-]*$"


def usual(stamp: str) -> str:
    """A stamp, or the shape of one, in the usual form; unchanged where it is."""
    for rule, form in _COMPILED:
        stamp = rule.sub(form, stamp)
    return stamp.strip()


def needed(shapes: Iterable[str]) -> tuple[int, ...]:
    """Which rules change any of these, by their number: a column of a million rows is not asked about all of them."""
    found = set()
    for shape in shapes:
        for number, (rule, form) in enumerate(_COMPILED):
            if (turned := rule.sub(form, shape)) != shape:
                found.add(number)
                shape = turned
    return tuple(sorted(found))


def usual_sql(value: str, rules: Iterable[int]) -> str:
    """The same of a cell, in SQL."""
    for number in rules:
        rule, form = RULES[number]
        value = f"regexp_replace({value}, {text(rule)}, {text(form)})"
    return f"trim({value})"
