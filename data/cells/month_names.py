"""Month names in the languages exports come in, as the English names that DuckDB reads."""

from __future__ import annotations

import re

ENGLISH = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
ELSEWHERE = (
    "januar jänner janvier janv enero ene gennaio gen janeiro januari ocak styczeń stycznia jän",
    "februar février févr fév febrero febbraio fevereiro fev februari şubat luty lutego",
    "märz mär mrz mars marzo março maart mrt mart marzec marca",
    "avril avr abril abr aprile nisan kwiecień kwietnia",
    "mai mayo maggio mag maio mei maj mayıs maja",
    "juni juin junio giugno giu junho haziran czerwiec czerwca",
    "juli juillet juil julio luglio lug julho temmuz lipiec lipca",
    "août aoû agosto ago augustus augusti ağustos sierpień sierpnia",
    "septembre sept septiembre settembre set setembro eylül wrzesień września",
    "oktober octobre octubre ottobre ott outubro out okt ekim październik października",
    "novembre noviembre novembro kasım listopad listopada",
    "dezember dez décembre déc diciembre dicembre dic dezembro desember aralık grudzień grudnia",
)
NUMBERS = {word: number for number, words in enumerate(ELSEWHERE) for word in words.split()}
WORD = re.compile(r"[^\W\d_]{3,11}\.?")


def said(shape: str) -> tuple[tuple[str, str], ...]:
    """The words of a stamp that are months elsewhere, or an English month cut short with a point, with their English names."""
    return tuple((word, ENGLISH[number]) for word in WORD.findall(shape) if (number := _number(word)) is not None)


def _number(word: str) -> int | None:
    bare = word.lower().removesuffix(".")
    if word.endswith(".") and bare.title() in {name[:3] for name in ENGLISH}:
        return next(number for number, name in enumerate(ENGLISH) if name[:3] == bare.title())
    return NUMBERS.get(bare)
