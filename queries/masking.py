"""Takes personal data out of what customers wrote: addresses, numbers, links with keys, and the names we are given."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

LOCAL: Final = r"[\w.!#$%&'*+/=?^`{|}~-]"
EMAIL: Final = re.compile(rf"(?<!{LOCAL[:-1]}]){LOCAL}+@[\w-]+(?:\.[\w-]+)+")
SPELLED: Final = re.compile(
    r"\b[\w.+-]{1,64} ?[(\[{] ?at ?[)\]}] ?[\w-]{1,64}(?: ?[(\[{] ?(?:dot|punkt) ?[)\]}] ?|\.)\w{2,24}", re.IGNORECASE
)
URL: Final = re.compile(r"\b(?:https?://|www\.)[^\s<>\"']+", re.IGNORECASE)
IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
IPV4: Final = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)")
IPV6: Final = re.compile(
    r"(?<![\w:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}:){0,5}[0-9a-f]{0,4})(?![\w:])",
    re.IGNORECASE,
)
DIGITS: Final = re.compile(r"(?<![\w.,])(?:\+|\()?\d(?:[\d\u00a0().\-/]|[ ](?=[\d(+\-])){4,40}\d(?![\w])")
MOMENT: Final = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?: \d{1,2}(?:\.\d{2})?)?"
    r"|(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d"
)
AMOUNT: Final = re.compile(r"\d{1,3}(?:[. \u00a0]\d{3})+")
WORDS_TOO: Final = frozenset(
    (
        "will",
        "may",
        "mark",
        "art",
        "grant",
        "rose",
        "grace",
        "joy",
        "hope",
        "faith",
        "bill",
        "rich",
        "summer",
        "april",
        "june",
        "august",
        "frank",
        "dean",
        "price",
        "long",
        "short",
        "young",
        "best",
        "good",
        "love",
        "day",
        "page",
        "king",
        "bell",
        "cook",
        "hall",
        "hill",
    )
)


def mask(text: str | None, names: Iterable[str | None] = (), firms: Iterable[str | None] = ()) -> str:
    """The text with personal data replaced by what it was: [e-mail], [phone], [card], [account], [number], [link], [ip], [name].

    Of `names` every part is taken out, of `firms` only the whole: "Northern Support Ltd" leaves "support" a word.
    """
    if not text:
        return ""
    masked = EMAIL.sub("[e-mail]", SPELLED.sub("[e-mail]", URL.sub(_link, text)))
    masked = IBAN.sub("[account]", masked)
    masked = IPV6.sub("[ip]", IPV4.sub(_ip, masked))
    masked = DIGITS.sub(_number, masked)
    for firm in (firm.strip() for firm in firms if firm and firm.strip()):
        masked = re.sub(rf"(?<!\w){re.escape(firm)}(?!\w)", "[company]", masked, flags=re.IGNORECASE)
    for name in names:
        masked = _without_name(masked, name or "")
    return masked


def _link(found: re.Match[str]) -> str:
    """A link stays while it is only a place: a query, a user or a long key in it may let somebody in."""
    path = found[0].split("://")[-1]
    telling = re.search(r"[?#@=]", path) or any(_key(part) for part in path.split("/")[1:])
    return "[link]" if telling else found[0]


def _key(part: str) -> bool:
    return (len(part) >= 16 and bool(re.search(r"\d", part))) or len(part) >= 40


def _ip(found: re.Match[str]) -> str:
    return "[ip]" if all(int(part) < 256 for part in found[0].split(".")) else found[0]


def _number(found: re.Match[str]) -> str:
    """Phone, card, a date that stays, or a long number; short ones (orders, rooms, amounts) stay."""
    said = found[0]
    digits = re.sub(r"\D", "", said)
    if len(digits) < 7 or MOMENT.fullmatch(said) or AMOUNT.fullmatch(said):
        return said
    if 13 <= len(digits) <= 19:
        return "[card]" if _luhn(digits) else "[number]"
    if len(digits) <= 15 and (said != digits or digits.startswith("0")):
        return "[phone]"
    return "[number]"


def _luhn(digits: str) -> bool:
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _without_name(text: str, name: str) -> str:
    """The whole name in any case, then its parts; parts that are everyday words only where they are capitalised."""
    parts = [part for part in re.split(r"[\s,]+", name) if len(part.strip(".")) > 1]
    if len(parts) > 1:
        whole = r"[\s,]+".join(map(re.escape, parts))
        text = re.sub(rf"(?<!\w){whole}(?!\w)", "[name]", text, flags=re.IGNORECASE)
    for part in parts:
        wanted = re.escape(part)
        if part.lower() in WORDS_TOO:
            text = re.sub(rf"(?<!\w)(?:{re.escape(part.capitalize())}|{re.escape(part.upper())})(?!\w)", "[name]", text)
        else:
            text = re.sub(rf"(?<!\w){wanted}(?!\w)", "[name]", text, flags=re.IGNORECASE)
    return text
