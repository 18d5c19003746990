"""Decides which export a file is, by its column names and by what the columns hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.cells.value_shapes import Look
from data.cells.vocabulary import tells_states
from data.formats import Column, Format
from data.formats.match import Match, Use
from data.headers.names import normal, places_in, without_unit
from data.importing.refusals import Unrecognised as Unrecognised
from data.importing.refusals import names, refuse_averages, refuse_sums, unknown
from data.importing.saved_formats import made_for

ANYWHERE = (
    "created_at",
    "updated_at",
    "status",
    "customer_name",
    "customer_email",
    "url",
    "tags",
    "language",
    "country",
    "plan",
    "segment",
)
NUMBERED = ("id", "number", "no", "key", "uid", "")  # ids that do not say of what
UNITLESS = "holds numbers without a unit"


def recognise(
    header: Sequence[str],
    looks: Sequence[Look],
    formats: Sequence[Format],
    wanted: str | None = None,
    proved: Mapping[int, str] | None = None,
) -> Match:
    """The one format that fits; `wanted` names it when it is known, `proved` the units that no name states, by place."""
    if wanted is not None:
        chosen = [form for form in formats if form.name == wanted]
        if not chosen:
            raise Unrecognised(f"There is no format called {wanted}. Known are: {', '.join(f.name for f in formats)}.")
        return _accepted(match(chosen[0], header, looks, proved), header)
    ranked = guesses(header, looks, formats)
    if not ranked or ranked[0].format.generic:
        refuse_averages(header)
    if not ranked:
        raise Unrecognised(unknown(header))
    best = ranked[0]
    rivals = [
        other
        for other in ranked[1:]
        if other.score == best.score and other.format.generic == best.format.generic and not other.format.refuse
    ]
    if made_for(best.format, header):  # the manager's own answer to this very question
        rivals = []
    if rivals and not best.format.refuse:
        titles = " or a ".join(found.format.title for found in (best, *rivals))
        names = " or ".join(f"--format {found.format.name}" for found in (best, *rivals))
        raise Unrecognised(f"This file could be a {titles}. Say which: {names}.")
    if best.format.generic and not best.format.refuse:
        scores = [looks[use.place] for use in best.uses if use.column.kind == "score"]
        refuse_sums(best.format.table, {use.column.name for use in best.uses}, header, scores)
    return _accepted(best, header)


def guesses(header: Sequence[str], looks: Sequence[Look], formats: Sequence[Format]) -> list[Match]:
    """Every format with a tell-tale name in the header, best first; a vendor's own before the generic ones."""
    found = [match(form, header, looks) for form in formats if any(_all_there(entry, header) for entry in form.strong)]
    fitting = [one for one in found if one.strength and (one.format.refuse or _carries_data(one))]
    return sorted(
        fitting,
        key=lambda one: (
            not made_for(one.format, header),
            not one.format.tables,
            one.format.generic or one.format.saved or _by_chance(one, fitting),
            -one.score,
            one.format.name,
        ),
    )


def _by_chance(one: Match, fitting: Sequence[Match]) -> bool:
    """A vendor known by few tell-tales, while a generic format of the same table makes that much more of the file."""
    others = (other for other in fitting if other.format.generic and other.format.table == one.format.table)
    return not one.format.refuse and any(len(other.uses) >= len(one.uses) + one.strength for other in others)


def match(form: Format, header: Sequence[str], looks: Sequence[Look], proved: Mapping[int, str] | None = None) -> Match:
    """What each column of `form` would be filled from."""
    strength = sum(_all_there(entry, header) for entry in form.strong)
    uses: list[Use] = []
    misfits: dict[int, tuple[Use, str]] = {}
    for column in form.every_column():
        taken = {use.place for use in uses if not (column.shared or use.column.shared)}
        if use := _find(column, header, looks, taken, misfits, proved or {}):
            uses.append(use)
    used = {use.place for use in uses}
    left = [(use, reason) for use, reason in misfits.values() if use.place not in used]
    notes = [f"'{use.header}' {reason}, so it was not used as {use.column.name.replace('_', ' ')}." for use, reason in left]
    return Match(form, tuple(uses), strength, tuple(notes), tuple(use for use, reason in left if reason == UNITLESS))


def _all_there(names: Sequence[str], header: Sequence[str]) -> bool:
    places = places_in(tuple(header))
    return all(places.of(part) for part in names)


def _find(
    column: Column,
    header: Sequence[str],
    looks: Sequence[Look],
    taken: set[int],
    misfits: dict[int, tuple[Use, str]],
    proved: Mapping[int, str],
) -> Use | None:
    """The best-named file column whose values fit; an empty one only if there is no other."""
    spare: Use | None = None
    places = places_in(tuple(header))
    for key in column.keys:
        for place in places.of(key, unitless=column.unit == "name"):
            if place in taken:
                continue
            name = header[place]
            unit = without_unit(name)[1] if column.unit == "name" else column.unit
            use = Use(column, place, name, unit or column.units.get(key) or proved.get(place))
            reason = _misfit(column, looks[place], use.unit) or _other_scale(key, column, looks[place])
            if reason:
                misfits[place] = use, reason
            elif not looks[place].empty:
                return use
            else:
                spare = spare or use
    return spare


def undecided(found: Match, header: Sequence[str], looks: Sequence[Look]) -> set[int]:
    """Columns without a value so far whose names fit several of ours: only their values can tell which."""
    claims: dict[int, set[str]] = {}
    places = places_in(tuple(header))
    for column in found.format.every_column():
        for place in {place for key in column.keys for place in places.of(key, unitless=True)}:
            if looks[place].empty:
                claims.setdefault(place, set()).add(column.kind)
    return {place for place, kinds in claims.items() if len(kinds) > 1}


def _misfit(column: Column, look: Look, unit: str | None) -> str | None:
    """Why these values cannot be of the column's kind; None when they can."""
    if look.empty:
        return None
    if column.kind == "when":
        return None if (look.stamps >= 0.5 and look.since_1970 < 0.5) or _counted_stamps(look) else "holds no dates"
    if column.kind == "duration":
        if look.stamps - look.since_1970 >= 0.5:
            return "holds dates, not durations"
        if look.numbers >= 0.5 and look.numbers > look.clocks + look.words and unit is None:
            return UNITLESS
        return None if look.numbers + look.clocks + look.words + look.since_1970 >= 0.5 else "holds no durations"
    if column.kind == "number":
        return None if look.numbers >= 0.5 else "holds no numbers"
    if column.kind == "score":
        known = {*column.words, *map(str.lower, (*column.asked, *column.unasked))}
        worded = any(value.lower() in known for value in look.common)
        return None if worded or look.numbers >= 0.3 or _begins_with_number(look) else "holds no scores"
    if column.name == "status" and column.kind == "choice":
        return None if tells_states(look.common, column.values) else "holds no word for open or solved"
    if column.kind == "flag":
        known = {value.lower() for value in (*column.true, *column.false)}
        return None if look.flags >= 0.5 or any(value.lower() in known for value in look.common) else "is not yes or no"
    return None


def _other_scale(key: str, column: Column, look: Look) -> str | None:
    """A bare "Score" may be a recommendation from 0 to 10, or something else: its values decide."""
    if key != "score" or column.scale != 10 or look.most is None or 5 < look.most <= 10:
        return None
    return f"holds scores up to {look.most:g}"


def _counted_stamps(look: Look) -> bool:
    """Seconds or milliseconds since 1970, Excel's day numbers, or 20241101."""
    if look.numbers < 0.5 or look.least is None or look.most is None:
        return False
    ranges = ((2e4, 8e4), (5e8, 4e9), (5e11, 4e12), (19_700_101, 21_001_231), (5e14, 4e15))
    return any(low <= look.least and look.most <= high for low, high in ranges)


def _begins_with_number(look: Look) -> bool:
    return any(re.match(r"[\d★⭐🌟✭☆✩✰]", value) for value in look.common)


def _carries_data(found: Match) -> bool:
    """A file must give more than an id to be of any use; one of unknown origin a little more, or all it needs."""
    telling = [use for use in found.uses if use.column.kind != "id"]
    nameless = (id_ := found.use("id")) is not None and normal(id_.header) in NUMBERED
    if found.format.generic and found.format.table == "tickets" and found.strength == 1 and nameless:
        telling = [use for use in telling if use.column.name not in ANYWHERE]  # an id, a state and a date: anything may have them
    scored = found.strength > 1 and any(use.column.kind == "score" for use in telling)  # an id and a score
    complete = scored or (bool(found.format.needs) and all(found.use(name) for name in found.format.needs))
    return len(telling) >= (1 if complete or not found.format.generic else 2)


def _accepted(found: Match, header: Sequence[str]) -> Match:
    if found.format.refuse:
        what = max(
            (table for table in found.format.tables if _all_there(table[0], header)), key=lambda one: len(one[0]), default=None
        )
        raise Unrecognised(found.format.refuse.replace("{what}", what[1] if what else found.format.title))
    if not found.uses:
        raise Unrecognised(f"None of the columns of a {found.format.title} is in this file. It has: {names(header)}.")
    lacking = [column for column in found.format.columns if column.name in found.format.needs and not found.use(column.name)]
    notes = [f"This looks like a {found.format.title}, but '{column.names[0]}' is missing." for column in lacking]
    return replace(found, notes=(*notes, *found.notes))
