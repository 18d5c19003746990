"""Reads numbers: thousands separators, decimal commas, signs of currency, percent."""

from __future__ import annotations

from data.cells.column_kind import Converted, Measured, Reading, Setting, count
from data.cells.sql_forms import MONEY
from data.formats.match import Use

MONTHS = "'{name}' does not say what it counts: it is read as months."
LARGEST = "1e15"  # what is larger is nobody's amount, and no sum could hold its square
POINT = r"\.\d{1,2}$|\.\d{4,}$|\d,\d{3}\."
COMMA = r",\d{1,2}$|,\d{4,}$|^-?0,\d|\d{4},\d|\d\.\d{3},|\.\d{3}\.\d{3}"
SIGNS = rf"^\s*{MONEY}\s*|\s*{MONEY}\s*$|[.,]-$"
LEFT = r"[\s\x{a0}\x{202f}''\x{2019}_%$€£¥₹₽₺₩₴₪฿]"
GROUPED = r"^-?[1-9]\d{0,2}\.\d{3}$"
THOUSANDS = "'{name}': 1.234 is read as 1,234, because what is below a thousand has no point."
DOUBT = "'{name}': nothing shows whether the {sign} of {said} parts thousands or decimals: {part} were assumed."
MANY = 20  # durations: it would be odd if none of so many were below a thousand


def measures(use: Use) -> dict[str, str]:
    place = use.place
    bare = f"rtrim(regexp_replace(v{place}, '{SIGNS}', '', 'g'), ' %€$£)')"
    return {
        "plain": count(f"{plain(place)} is not null"),
        "point": count(f"regexp_matches({bare}, '{POINT}')"),
        "comma": count(f"regexp_matches({bare}, '{COMMA}')"),
        "signs": count(f"contains(v{place}, ',')"),
        "dots": count(f"contains(v{place}, '.')"),
        "grouped": count(f"regexp_matches({bare}, '{GROUPED}')"),
        "raised": count(f"regexp_matches({bare}, '^-?[1-9]\\d{{0,2}},\\d{{3}}$')"),
        "small": count(f"regexp_matches({bare}, '^-?\\d{{1,3}}$')"),
        "large": count(f"regexp_matches({bare}, '^-?\\d{{4,}}$')"),
    }


def settle(use: Use, found: Measured, setting: Setting) -> Reading:
    """A comma with one or two digits behind proves the decimal comma; all rows are asked when the first ones do not tell."""
    notes = (MONTHS.format(name=use.header),) if use.column.name == "tenure_months" and "mon" not in use.header.lower() else ()
    if found["grouped"] and found["grouped"] == found["dots"] and found["small"] and not found["large"] and not found["signs"]:
        return Reading(plain=False, decimal=",", settled=False, notes=(*notes, THOUSANDS.format(name=use.header)))
    if found["grouped"] and found["grouped"] == found["filled"]:
        notes = (*notes, DOUBT.format(name=use.header, sign="point", said="1.234", part="decimals"))
    if found["filled"] == found["plain"] and not found["comma"]:
        return Reading(notes=notes)
    if found["comma"] != found["point"]:
        return Reading(plain=False, decimal="," if found["comma"] > found["point"] else ".", notes=notes)
    if not found["raised"] or found["raised"] < found["signs"] or found["small"] or setting.decimal:
        return Reading(plain=False, decimal=setting.decimal or ".", settled=not found["signs"], notes=notes)
    decimals = use.column.kind == "duration" and found["signs"] >= MANY and not found["large"]
    doubt = DOUBT.format(name=use.header, sign="comma", said="1,234", part="decimals" if decimals else "thousands")
    return Reading(plain=False, decimal="," if decimals else ".", settled=False, notes=(*notes, doubt))


def convert(place: int, use: Use, reading: Reading, setting: Setting) -> Converted:
    number = plain(place) if reading.plain else spoken(f"v{place}", reading.decimal)
    if setting.types.get(use.column.name) == "INTEGER":
        number = f"try_cast(round({number}) as integer)"
    return Converted({use.column.name: number})


def plain(place: int) -> str:
    """The fast way: a number as a program writes it. "nan" and "inf" are not numbers here, nor is 1_000."""
    return f"case when isfinite(n{place}) and n{place} > -2147483648 and n{place} < {LARGEST} then n{place} end"


def spoken(value: str, decimal: str) -> str:
    """The patient way: separators, currency, percent, (12) for -12."""
    bare = f"regexp_replace(regexp_replace(({value}), '{SIGNS}', '', 'g'), '{LEFT}', '', 'g')"
    bare = f"regexp_replace({bare}, '^\\((.*)\\)$', '-\\1')"
    bare = f"replace(replace({bare}, '.', ''), ',', '.')" if decimal == "," else f"replace({bare}, ',', '')"
    number = f"try_cast({bare} as double)"
    return f"case when isfinite({number}) and {number} <> -2147483648 and abs({number}) < {LARGEST} then {number} end"
