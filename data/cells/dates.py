"""Reads points in time, however they are written, into UTC stamps.

The digits of every cell are replaced by 9: a column then has a handful of shapes ("99/99/9999 99:99"), and each shape
gives one pattern. Only the order of day and month needs the digits themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from data.cells import month_names
from data.cells.column_kind import Converted, Measured, Reading, Setting, count
from data.cells.sql_forms import text
from data.cells.timestamp_spellings import needed, usual, usual_sql
from data.formats.match import Use
from data.headers.names import normal, without_zone

DAY, MONTH, YEAR = "day first", "month first", "year first"
ORDERS = {"dmy": DAY, "mdy": MONTH}  # as a command line spells them
NUMERIC = r"^(?:\pL+[.,]{0,2} |\d{1,2}:[\d:]+(?: ?[AaPp][Mm])?,? )?(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(\D|$)"
BOTH = (
    "'{name}' has dates with the day first ({day_first:,}) and dates with the month first ({month_first:,}), as when two "
    "systems were put together: all are read {order}, so those that fit both may be wrong. Import the two parts one by one."
)
NARROW = "\u202f\u00a0\u2009"  # blanks that do not break: browsers write one before AM and PM
DIGITS = str.maketrans("012345678", "999999999")
WIDENED = str.maketrans(NARROW, " " * len(NARROW))
# minutes ahead of UTC; the short names stand for what the exporting products mean by them
ZONES = {
    "UTC": 0,
    "GMT": 0,
    "Z": 0,
    "WET": 0,
    "EST": -300,
    "EDT": -240,
    "CST": -360,
    "CDT": -300,
    "MST": -420,
    "MDT": -360,
    "PST": -480,
    "PDT": -420,
    "CET": 60,
    "CEST": 120,
    "BST": 60,
    "WEST": 60,
    "EET": 120,
    "EEST": 180,
}
ISO = re.compile(r"9999-99?-99?([ T]99?:99(:99(\.9+)?)?)?")
DATE = (
    (re.compile(r"9999([-/.])99?\1(99?)"), "%Y{0}%m{0}%d"),
    (re.compile(r"99?([-/.])99?\1(9999|99)(?!9)"), "{{first}}{0}{{second}}{0}{1}"),
    (re.compile(r"99?((?:er)?(?:\. | de |[-/. ]))([^\W\d_]{3,9})( de |[-/. ])(9999|99)(?!9)"), "%d{0}{1}{2}{3}"),
    (re.compile(r"([^\W\d_]{3,9}) 99?(,?) (9999)"), "{0} %d{1} {2}"),
)
TIME = re.compile(r"(,? at |, |T| {1,2})(99?):99(:99)?([.,]9{1,9})?( ?)([AaPp]\.?[Mm]\.?)?")
ZONE = re.compile(r"( ?)(Z|[+-]99:?(?:99)?|[A-Z]{3,4})$")


@dataclass(frozen=True)
class Shape:
    """How some cells of a column are written."""

    pattern: str  # for strptime; {first} and {second} stand for day and month
    zone: str | None = None  # "offset", or a zone's short name
    iso: bool = False
    months: tuple[tuple[str, str], ...] = ()  # words as the cells have them, and the English names they stand for


def measures(use: Use) -> dict[str, str]:
    """What must be counted to know how the stamps are written."""
    place = use.place
    bare = f"v{place}"
    above = [count(f"try_cast(regexp_extract({bare}, '{NUMERIC}', {part}) as integer) > 12") for part in (1, 2)]
    return {
        "shapes": f"histogram(translate(left({bare}, 60), '012345678', '999999999'))",
        "narrow": count(f"regexp_matches({bare}, '[{NARROW}]')"),
        "loose": count(f"v{place} is not null and t{place} is null"),
        "day_first": above[0],
        "month_first": above[1],
    }


def settle(use: Use, found: Measured, setting: Setting) -> Reading:
    """Day or month first, proved by a part above 12; else by the other columns; else assumed, and said so."""
    counted: dict[str, int] = found["shapes"] or {}
    by_size = sorted(counted, key=lambda one: -counted[one])
    widened = [one.translate(WIDENED) for one in by_size]
    shapes = tuple(dict.fromkeys(shape for one in widened if (shape := of(usual(one).translate(DIGITS)))))
    settled = _settled(shapes, found, setting)
    both = found["day_first"] and found["month_first"]
    notes = (BOTH.format(name=use.header, order=settled.order, **found),) if both else ()
    return replace(settled, narrow=bool(found["narrow"]), respelled=needed(widened), notes=notes)


def _settled(shapes: tuple[Shape, ...], found: Measured, setting: Setting) -> Reading:
    plain = bool(shapes) and not found["loose"] and all(shape.iso and shape.zone is None for shape in shapes)
    known = Reading(plain=plain, shapes=shapes, order=YEAR if plain or not shapes else None)
    if not any("{first}" in shape.pattern for shape in shapes):
        return known
    if setting.date_order in (DAY, MONTH):
        return Reading(plain=False, shapes=shapes, order=setting.date_order)
    if found["day_first"] != found["month_first"]:
        return Reading(plain=False, shapes=shapes, order=DAY if found["day_first"] > found["month_first"] else MONTH)
    if setting.neighbours in (DAY, MONTH):
        return Reading(plain=False, shapes=shapes, order=setting.neighbours)
    return Reading(plain=False, shapes=shapes, order=DAY, assumed=True, settled=False)


def of(shape: str) -> Shape | None:
    """The pattern of a shape in its usual form; None when it is no date at all."""
    if re.fullmatch(r"9{5}([.,]9+)?|9{9,10}(\.9+)?|9{12,13}|9{15,16}|9{8}(9{6})?", shape):
        return Shape("number")
    rest, zone = shape, None
    if (found := ZONE.search(shape)) and ":" in shape and (found[2][0] in "+-" or found[2] in ZONES):
        rest, zone = shape[: found.start()], "offset" if found[2][0] in "+-" else found[2]
    if ISO.fullmatch(rest):
        return Shape("iso", zone, iso=True)
    names = month_names.said(rest)
    for word, english in names:
        rest = rest.replace(word, english)
    pattern, end = _date(rest)
    if pattern is None:
        return None
    clock = _time(rest[end:])
    return None if clock is None else Shape(pattern + clock, zone, months=names)


def _date(shape: str) -> tuple[str | None, int]:
    for expression, template in DATE:
        if found := expression.match(shape):
            parts = [_part(part) for part in found.groups()]
            return template.format(*parts), found.end()
    return None, 0


def _part(part: str) -> str:
    if part in ("9999", "99"):
        return "%Y" if part == "9999" else "%y"
    if part.isalpha():
        return "%b" if len(part) == 3 else "%B"
    return part


def _time(shape: str) -> str | None:
    if not shape.strip():
        return ""
    found = TIME.fullmatch(shape)
    if not found:
        return None
    gap, _, seconds, fraction, space, half = found.groups()
    clock = "%I:%M" if half else "%H:%M"
    return gap + clock + (":%S" if seconds else "") + (f"{fraction[0]}%f" if fraction else "") + (space + "%p" if half else "")


def convert(place: int, use: Use, reading: Reading, setting: Setting) -> Converted:
    zone = "UTC" if normal(use.header).endswith("utc") else without_zone(use.header)[1]
    if zone:  # "Created (UTC)", whatever zone the rest of the file is in
        setting = replace(setting, timezone=zone, clock=())
    wall = bool(setting.clock) and all(one.zone is None and one.pattern != "number" for one in reading.shapes)
    zone = "UTC" if wall else setting.timezone
    if reading.plain:
        return Converted({use.column.name: local(sane(f"t{place}"), zone)}, wall=wall)
    order = ("%m", "%d") if reading.order == MONTH else ("%d", "%m")
    value = f"translate(v{place}, '{NARROW}', '{' ' * len(NARROW)}')" if reading.narrow else f"v{place}"
    value = usual_sql(value, reading.respelled) if reading.respelled else value
    branches = [_branch(value, name, reading, order) for name in dict.fromkeys(one.zone for one in reading.shapes) if name]
    otherwise = local(_stamp(value, [one for one in reading.shapes if not one.zone], order, zone), zone)
    stamp = f"case {' '.join(branches)} else {otherwise} end" if branches else otherwise
    return Converted({use.column.name: stamp}, wall=wall)


def _branch(value: str, name: str, reading: Reading, order: tuple[str, str]) -> str:
    """Cells with an offset or a zone's name behind: exact without knowing where the file comes from."""
    shapes = [one for one in reading.shapes if one.zone == name]
    if name != "offset":
        bare = f"rtrim(left({value}, length({value}) - {len(name)}))"
        shift = f" - to_minutes({ZONES[name]})" if ZONES[name] else ""
        return f"when ends_with({value}, {text(name)}) then {_stamp(bare, shapes, order, 'UTC')}{shift}"
    behind = r"\s*([+-])(\d\d):?(\d\d)?$"
    bare = f"regexp_replace({value}, '{behind}', '')"
    hours, minutes = (f"coalesce(try_cast(regexp_extract({value}, '{behind}', {part}) as integer), 0)" for part in (2, 3))
    sign = f"case when regexp_extract({value}, '{behind}', 1) = '-' then -1 else 1 end"
    shift = f"to_minutes(({sign}) * ({hours} * 60 + {minutes}))"
    return f"when regexp_matches({value}, ':\\d\\d.*[+-]\\d\\d:?(\\d\\d)?$') then {_stamp(bare, shapes, order, 'UTC')} - {shift}"


def _stamp(value: str, shapes: list[Shape], order: tuple[str, str], zone: str) -> str:
    patterns = [
        one.pattern.replace("{first}", order[0]).replace("{second}", order[1])
        for one in shapes
        if one.pattern not in ("iso", "number")
    ]
    tried = [f"try_cast({value} as timestamp)"] if any(one.iso for one in shapes) else []
    tried += [f"try_strptime({_in_english(value, shapes)}, [{', '.join(map(text, dict.fromkeys(patterns)))}])"] if patterns else []
    tried += [_number(value, zone)] if any(one.pattern == "number" for one in shapes) else []
    return sane(f"coalesce({', '.join(tried)})") if tried else "cast(null as timestamp)"


def _in_english(value: str, shapes: list[Shape]) -> str:
    """The cell with its month's name as strptime knows it; the longest first, for some begin like others."""
    names = {word: english for one in shapes for word, english in one.months}
    for word in sorted(names, key=len, reverse=True):
        value = f"replace({value}, {text(word)}, {text(names[word])})"
    return value


def _number(value: str, zone: str) -> str:
    """Seconds to microseconds since 1970, a spreadsheet's days since 1899-12-30, or 20241101."""
    number = f"try_cast(replace({value}, ',', '.') as double)"
    factor = f"case when {number} < 1e11 then 1e6 when {number} < 1e14 then 1e3 else 1 end"
    exact = f"make_timestamp(cast({number} * {factor} as bigint))"
    if zone != "UTC":  # already UTC: undo what the caller will do to wall-clock stamps
        exact = f"timezone({text(zone)}, timezone('UTC', {exact}))"
    return (
        f"case when {number} between 2e4 and 8e4 then timestamp '1899-12-30' + to_seconds(round({number} * 86400)) "
        f"when {number} between 19700101 and 21001231 then try_strptime({value}, '%Y%m%d') "
        f"when {number} between 19700101000000 and 21001231000000 then try_strptime({value}, '%Y%m%d%H%M%S') "
        f"when {number} between 2e8 and 5e15 then {exact} end"
    )


def local(stamp: str, zone: str) -> str:
    """A wall-clock stamp of `zone` in UTC; untouched in UTC because the conversion is costly."""
    return stamp if zone == "UTC" else f"timezone('UTC', timezone({text(zone)}, {stamp}))"


def sane(stamp: str) -> str:
    """No helpdesk wrote before 1970: such stamps stand for "nothing"."""
    return f"case when {stamp} between timestamp '1970-01-02' and timestamp '2200-01-01' then {stamp} end"
