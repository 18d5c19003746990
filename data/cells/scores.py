"""Reads survey scores: numbers on a scale, stars, words (Good, Bad) and the marks of a survey nobody answered."""

from __future__ import annotations

import re
from dataclasses import replace

from data.cells import reversed_scales
from data.cells.column_kind import Converted, Measured, Reading, Setting, count
from data.cells.numbers import plain
from data.cells.sql_forms import one_of, text
from data.formats.match import Use
from data.headers.names import without_scale

WORDS = "in words"  # the scale of a column without a number
LEFT_OUT = "'{name}': {words} are not known as satisfied or not. They are left out, so the share that is satisfied may be wrong."
SCALES = (5.0, 7.0, 10.0, 100.0)
ENOUGH = 30  # answers from 1 to 3 without a single 4 or 5: then nobody was asked from 1 to 5
TONES = r"\x{fe0f}\x{1f3fb}-\x{1f3ff}"  # in what colour a sign is shown
MANY = 300  # answers; one in a hundred people says 0 where they can
FROM_ONE = (
    "'{name}': none of {count:,} answers is 0. If people were asked from 1 to 10, this is no recommendation score from 0 to 10, "
    "and its NPS cannot be set beside others."
)
FULL, HOLLOW = "★⭐🌟✭", "☆✩✰"
BEHIND = r"^\d+(?:[.,]\d+)?\s*(?:/|out of|of|von|sur|de)\s*(\d{1,3})(?:\D|$)"


def measures(use: Use) -> dict[str, str]:
    place = use.place
    number = leading(f"v{place}")
    return {
        "plain": count(f"{plain(place)} is not null"),
        "numbers": f"count({number})",
        "most": f"coalesce(max({number}) filter ({number} <= {SCALES[-1]}), 0)",
        "below": count(f"{number} < 1"),
        "least": f"coalesce(min({number}), 0)",
        "high": f"coalesce(quantile_disc({number}, 0.995) filter ({number} <= {SCALES[-1]}), 0)",
        "limited": f"count({limit(f'v{place}')})",
        "limits": f"list(distinct {limit(f'v{place}')}) filter ({limit(f'v{place}')} is not null)",
        **reversed_scales.measures(place, number),
    }


def settle(use: Use, found: Measured, setting: Setting) -> Reading:
    """The scale, and whether its lowest number is the best."""
    reading = _scaled(use, found)
    reading = replace(reading, notes=(*reading.notes, *_left_out(use, setting)))
    if found["filled"] and not found["numbers"] and use.column.words:
        return replace(reading, shapes=(WORDS,))
    if found["most"] > 1 and found["most"] not in SCALES and found["worded"] >= 0.9 * (found["numbers"] - found["below"]) > 0:
        notes = (*reading.notes, reversed_scales.WORDED.format(name=use.header))
        return replace(reading, plain=False, worded=True, least=0.0, scale=1.0, notes=notes)
    if reading.scale == 1 or not (reversed_scales.by_name(use.header) or reversed_scales.by_cells(found["good"], found["bad"])):
        return reading
    return replace(reading, turned=True, notes=(*reading.notes, reversed_scales.TURNED.format(name=use.header)))


def _left_out(use: Use, setting: Setting) -> tuple[str, ...]:
    """Words that nobody knows, beside some that are known: the share is counted without them, so they are named."""
    known = {*use.column.words, *map(str.lower, (*use.column.asked, *use.column.unasked))}
    words = [one for one in setting.looks[use.place].common if not re.search(rf"[\d{FULL}{HOLLOW}]", one)]
    strange = [one for one in words if re.sub("[\ufe0f\U0001f3fb-\U0001f3ff]", "", one).lower() not in known]
    if not strange or len(strange) == len(words):
        return ()
    shown = ", ".join(f"'{one[:40]}'" for one in strange[:6])
    return (LEFT_OUT.format(name=use.header, words=shown),)


def _scaled(use: Use, found: Measured) -> Reading:
    """The scale as declared, or the smallest usual one that holds all but stray values."""
    column = use.column
    codes = any(word.lstrip("-").isdigit() for word in column.words)  # numbers that are words: 103 for "extremely happy"
    plainly = found["filled"] == found["plain"] and not codes
    if column.scale is not None:
        least, most = _declared(use, found)
        from_one = least == 0 and most == 10 and found["numbers"] >= MANY and not found["below"]
        notes = (FROM_ONE.format(name=use.header, count=found["numbers"]),) if from_one else ()
        return Reading(plain=plainly, scale=most, least=least, settled=not from_one, notes=notes)  # a 0 may stand further down
    high = found["high"]
    zeros = found["below"] > 0.005 * (found["numbers"] or 1)
    if stated := _stated(use, found):
        lowest, most = stated
        return Reading(plain=plainly, scale=most, least=lowest if lowest is not None else 0.0 if zeros else 1.0)
    if found["numbers"] and found["most"] <= 1:
        return Reading(plain=plainly, scale=1.0, least=-1.0 if found["least"] == -1 else 0.0)
    if found["numbers"] >= ENOUGH and found["most"] <= 3 and not zeros:
        return Reading(plain=plainly, scale=3.0, least=1.0)
    scale = next((one for one in SCALES if high <= one), 100.0)
    return Reading(plain=plainly, scale=scale, least=0.0 if scale > 5 and zeros else 1.0)


def _declared(use: Use, found: Measured) -> tuple[float, float]:
    """The scale of the format, unless the column's name states another. Nobody who is asked from 0 to 10 says 5 at most."""
    column = use.column
    least, most = column.least if column.least is not None else 1.0, float(column.scale or 0)
    if (said := without_scale(use.header)[1]) and found["most"] <= said[1]:
        return said[0] if said[0] is not None else least, said[1]
    return (1.0, 5.0) if most == 10 and found["numbers"] >= ENOUGH and found["most"] <= 5 else (least, most)


def _stated(use: Use, found: Measured) -> tuple[float | None, float] | None:
    """The scale that the column's name states, "CSAT (1-5)", or that its cells do, "4/5"; unless the values go beyond it."""
    said = without_scale(use.header)[1]
    if said is None and len(found["limits"] or ()) == 1 and found["limited"] >= 0.5 * found["filled"]:
        said = None, float(found["limits"][0])
    return said if said and said[1] > 1 and found["most"] <= said[1] else None


def convert(place: int, use: Use, reading: Reading, setting: Setting) -> Converted:
    column = use.column
    value = f"v{place}"
    number = plain(place) if reading.plain else leading(value)
    kept = f"case when {number} between {reading.least} and {reading.scale} then {number} end"
    if reading.worded:
        kept = reversed_scales.by_word(value)
    elif reading.scale == 1 and reading.least == -1:  # thumbs up and down
        kept = f"greatest({kept}, 0)"
    if reading.turned:
        kept = f"{(reading.least or 0) + (reading.scale or 0)} - {kept}"
    word = f"lower(regexp_replace({value}, '[{TONES}]', '', 'g'))" if column.words else f"lower({value})"
    scored = "".join(f" when {text(said)} then {score}" for said, score in column.words.items())
    score = kept if reading.plain or not scored else f"coalesce(case {word}{scored} end, {kept})"
    top = f"{reading.scale}"
    if scored and not reading.plain:
        top = f"case when {one_of(word, column.words)} then {max(column.words.values())} else {reading.scale} end"
    return Converted(
        {
            "score": score,
            "scale": f"case when {score} is not null then {top} end",
            "offered": _offered(value, word, score, use),
        }
    )


def _offered(value: str, word: str, score: str, use: Use) -> str:
    """True: a survey went out; null: the file does not say."""
    asked = one_of(word, [said.lower() for said in use.column.asked] or ["offered"])
    unasked = one_of(word, [said.lower() for said in use.column.unasked] or ["not offered"])
    blank = "true" if use.column.blank == "asked" else "null"
    if not use.column.asked and not use.column.unasked:
        return f"case when {score} is not null then true else {blank} end" if blank != "true" else "true"
    return (
        f"case when {score} is not null then true when {value} is null then {blank} when {asked} then true "
        f"when {unasked} then false else {blank} end"
    )


def is_mark(place: int, use: Use) -> str:
    """SQL that leaves out the words that say why there is no score: they are no mistake."""
    marks = [said.lower() for said in (*use.column.asked, *use.column.unasked)]
    return f" and not {one_of(f'lower(trim(c{place}))', marks)}" if marks else ""


def leading(value: str) -> str:
    """The number a cell begins with, "5 - Very satisfied", "4/5", "100%"; or how many stars it is."""
    found = f"regexp_extract({value}, '^(-?\\d+(?:[.,]\\d+)?)(?:\\s*[-–:/(%%★].*|\\s+[^\\d].*)?$', 1)".replace("%%", "%")
    full = f"nullif(length(regexp_replace({value}, '[^{FULL}]', '', 'g')), 0)"
    return f"coalesce(try_cast(replace({found}, ',', '.') as double), case when {starred(value)} then {full} end)"


def limit(value: str) -> str:
    """The best there is, as the cell itself says: "4/5", "4 out of 5", ★★★★☆."""
    stars = f"length(regexp_replace({value}, '[^{FULL}{HOLLOW}]', '', 'g'))"
    hollow = f"{starred(value)} and regexp_matches({value}, '[{HOLLOW}]')"
    return f"coalesce(try_cast(regexp_extract(lower({value}), '{BEHIND}', 1) as double), case when {hollow} then {stars} end)"


def starred(value: str) -> str:
    """Nothing but stars; a sign may be followed by one that asks for colour."""
    return f"regexp_full_match({value}, '[{FULL}{HOLLOW}\\s\\x{{fe0f}}]+')"
