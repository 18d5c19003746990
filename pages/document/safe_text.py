"""Text on its way into other programs' files: nothing in it can break the file, turn letters around, or be run."""

import re
import unicodedata
from datetime import datetime

from pages.document.safe_csv import FORMULA

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # marks that change the direction of what follows
UNIT = re.compile(r"\d (?:%|points\b)|\d+ (?:d|h|min|s)\b(?: \d+ (?:h|min|s)\b)?")
LONGEST = 400
SPECIAL = ("=", "{=", "http", "ftp", "mailto:", "internal:", "external:")


def text(said: object, most: int = LONGEST) -> str:
    """One line or several, without what no document may hold; what is longer ends in dots."""
    clean = TURNING.sub("", CONTROL.sub("", unicodedata.normalize("NFC", str(said).encode("utf-8", "ignore").decode())))
    clean = clean.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return clean if len(clean) <= most else clean[: most - 1].rstrip() + "…"


def line(said: object, most: int = LONGEST) -> str:
    return " ".join(text(said, most).split())


def joined(said: str) -> str:
    """A number and its unit stay on one line."""
    return UNIT.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), said)


def label(said: object, most: int = 60) -> str:
    """A name within a chart. Its sheet is written by a program that takes some beginnings for formulas and links."""
    name = line(said, most) or "no name"
    return f" {name}" if name.startswith((*FORMULA, *SPECIAL)) else name


def file_name(title: str, kind: str, made: datetime | None = None) -> str:
    """Letters and digits only: names travel through headers and file systems."""
    stem = re.sub(r"[^A-Za-z0-9]+", "-", title).strip("-").lower()[:60].strip("-") or "report"
    return f"{stem}{f'-{made:%Y-%m-%d}' if made else ''}.{kind}"
