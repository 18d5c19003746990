"""Compares column names the way people do: case, spaces and punctuation do not matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data.headers.languages import english, parted

MINUTES = {"milliseconds": 1 / 60_000, "seconds": 1 / 60, "minutes": 1.0, "hours": 60.0, "days": 1440.0}

_UNITS = {
    "ms": "milliseconds",
    "msec": "milliseconds",
    "millis": "milliseconds",
    "milliseconds": "milliseconds",
    "s": "seconds",
    "sec": "seconds",
    "secs": "seconds",
    "second": "seconds",
    "seconds": "seconds",
    "m": "minutes",
    "min": "minutes",
    "mins": "minutes",
    "minute": "minutes",
    "minutes": "minutes",
    "h": "hours",
    "hr": "hours",
    "hrs": "hours",
    "hour": "hours",
    "hours": "hours",
    "d": "days",
    "day": "days",
    "days": "days",
    "sekunden": "seconds",
    "secondes": "seconds",
    "segundos": "seconds",
    "secondi": "seconds",
    "seconden": "seconds",
    "minuten": "minutes",
    "minutos": "minutes",
    "minuti": "minutes",
    "stunden": "hours",
    "heures": "hours",
    "horas": "hours",
    "uren": "hours",
    "ore": "hours",
    "tage": "days",
    "jours": "days",
    "días": "days",
    "dias": "days",
    "dagen": "days",
    "giorni": "days",
}

AHEAD = {"to": "timeto", "until": "timeto", "till": "timeto", "bis": "zeitbis", "tot": "tijdtot"}


@lru_cache(maxsize=4096)
def normal(name: str) -> str:
    """Lower case, letters and digits only; "*" stays, so that a declared name may leave a gap."""
    return "".join(letter for letter in name.lower() if letter.isalnum() or letter == "*")


def same(declared: str, found: str) -> bool:
    """Whether a normalised declared name, perhaps with gaps, is the normalised found one."""
    return declared == found or ("*" in declared and fnmatchcase(found, declared))


# "(1-5)", "(0 to 10)", "(out of 7)", "[/5]" at the end of a name: the scale of its scores
_SCALE = re.compile(
    r"\s*[(\[]\s*(?:scale:?\s*(?:of\s+|from\s+)?)?(?:(\d+)\s*(?:-|–|—|to|\.\.)\s*|(?:out )?of\s+|/\s*)(\d+)"
    r"(?:\s*(?:stars?|points?))?\s*[)\]]\s*$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*[(\[]\s*(\d+)\s*=[^()]*?\b(\d+)\s*=[^()]*[)\]]\s*$")  # "(1 = bad, 7 = good)"


@lru_cache(maxsize=4096)
def without_scale(name: str) -> tuple[str, tuple[float | None, float] | None]:
    """("CSAT (1-5)") -> ("CSAT", (1, 5)); the lower end is None where the name does not tell it."""
    found = _SCALE.search(name) or _ENDS.search(name)
    if not found:
        return name, None
    least, most = found.groups()
    return name[: found.start()], (float(least) if least else None, float(most))


@lru_cache(maxsize=4096)
def without_zone(name: str) -> tuple[str, str | None]:
    """("Created at (America/New_York)") -> ("Created at", "America/New_York"); only zones that tell summer from winter, and UTC."""
    found = re.search(r"\s*[(\[]\s*(UTC|GMT|[A-Z][A-Za-z]+/[A-Za-z_]+(?:/[A-Za-z_]+)?)\s*[)\]]\s*$", name)
    try:
        return (name[: found.start()], ZoneInfo(found[1]).key) if found else (name, None)
    except ZoneInfoNotFoundError:
        return name, None


def _bare(name: str) -> str:
    return without_zone(without_scale(name)[0])[0]


@lru_cache(maxsize=4096)
def without_unit(name: str) -> tuple[str, str | None]:
    """("First response time (in hrs)") -> ("firstresponsetime", "hours")."""
    name = _SUMMED.sub(r"\1", name)
    spaced = parted(name).replace("hh:mm:ss", "")
    short, spaced = bool(re.search(r"\bmm?:ss\b", spaced)), re.sub(r"\b(mm?:ss|h:mm)\b", "", spaced)
    # "business hours" says which clock counts, not how it is written down
    spaced = re.sub(r"(within |in |during )?(business|working|office)[ _]hours?", "business", spaced.replace("_", " "))
    words = re.findall(r"[^\W_]+", spaced)
    if len(words) > 2 and words[0] in _UNITS and words[1] in AHEAD:  # "Hours to first response"
        return "".join([AHEAD[words[1]], *words[2:]]), _UNITS[words[0]]
    units = [_UNITS[word] for word in words[1:] if word in _UNITS]
    rest = [word for place, word in enumerate(words) if place == 0 or word not in _UNITS]
    if units and "in" in rest:
        rest.remove("in")
    return "".join(rest), "m:ss" if short else units[-1] if units else None


_SUMMED = re.compile(r"^(?:SUM|MIN|MAX|D_COUNT|ATTR)\((.+)\)$", re.IGNORECASE)  # of a pivot with a row for each ticket


class Places:
    """Where in a header a name of ours may stand; the same few hundred names are asked for by every format."""

    def __init__(self, header: tuple[str, ...]) -> None:
        header = tuple(_SUMMED.sub(r"\1", name) for name in header)
        self._plain = _by_name(map(normal, header))
        self._bare = _by_name(without_unit(name)[0] for name in header)
        bare = list(map(_bare, header))
        self._unscaled = _by_name(normal(rest) if rest != name else "?" for name, rest in zip(header, bare, strict=True))
        self._meant = _by_names(map(english, bare))
        self._meant_bare = _by_names(english(without_unit(name)[0]) for name in header)

    def of(self, key: str, unitless: bool = False) -> list[int]:
        """In the order of the header; `unitless`: a name may carry a unit besides."""
        found = _named(key, self._plain) or _named(key, self._unscaled) or _named(key, self._meant)
        if not unitless:
            return found
        return sorted({*found, *(_named(key, self._bare) or _named(key, self._meant_bare))})


def _by_name(names: Iterable[str]) -> dict[str, list[int]]:
    return _by_names((name,) for name in names)


def _by_names(names: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, several in enumerate(names):
        for name in several:
            found.setdefault(name, []).append(place)
    return found


def _named(key: str, known: Mapping[str, list[int]]) -> list[int]:
    if "*" not in key:
        return known.get(key, [])
    return sorted(place for name, places in known.items() if same(key, name) for place in places)


@lru_cache(maxsize=16)
def places_in(header: tuple[str, ...]) -> Places:
    return Places(header)


def worded(header: Sequence[str], labels: Sequence[str]) -> tuple[str, ...]:
    """A survey tool names its questions Q1, Q2: they go by their wording, and a question with a group of promoters is NPS."""
    given = {name.lower() for name in header}
    said = [*labels, *[""] * (len(header) - len(labels))]
    names = []
    for name, wording in zip(header, said, strict=False):
        if f"{name}_nps_group".lower() in given:
            name = f"NPS score: {wording or name}"
        elif wording and re.fullmatch(r"Q(ID)?\d+(_\d+)?", name, re.IGNORECASE):
            name = wording
        names.append(name)
    return tuple(names)
