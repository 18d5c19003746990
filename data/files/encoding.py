"""Turns the bytes of a file into text, word by word where a file mixes encodings.

How an encoding is chosen when the file is not Unicode throughout: every word that holds a byte above 127 and is not
UTF-8 is read as Windows-1252 (or its Turkish twin, Windows-1254) and as DOS code page 850. A reading is odd where it
leaves what no word has: a control character, a symbol between letters, an accented capital after a small letter. The
file's main encoding is the one with the fewest odd signs. A byte keeps it unless that is odd in its word and the other
reading is less so (real files mix both even inside one word), or unless the other reading makes a word that the file
uses far more often ("TRÔS" is "TRÈS" where "très" is common). Turkish differs from Windows-1252 in six letters only;
they are read as Turkish when they outnumber the vowels that Icelandic, which has those letters too, cannot do without.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

NAMES = {"cp1252": "Windows-1252", "cp850": "DOS code page 850", "cp1254": "Windows-1254 (Turkish)"}
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
HIGH = re.compile(rb"[\x80-\xff]")
WORD = re.compile(rb"[A-Za-z\x80-\xff']*")
LETTERS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'")
# Signs that may stand at the start, in the middle or at the end of a word without looking odd.
BEFORE, WITHIN, AFTER = "“‘„«»¿¡–—…•§©°\xa0", "’‘'–—·\xad\xa0/…", "”’“‘»«…–—™®©°€£¥%²³¹ªº·•\xa0½¼¾´"


def unicode_name(head: bytes) -> str | None:
    """The Unicode encoding that a byte order mark or the pattern of zero bytes gives away."""
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    sample = head[: len(head[:4096]) // 4 * 4]
    if not sample or not sample.count(0):
        return None
    zeros = [sample[place::4].count(0) / (len(sample) / 4) for place in range(4)]
    if min(zeros[1:]) > 0.9 or min(zeros[:3]) > 0.9:
        return "utf-32-le" if zeros[0] < 0.5 else "utf-32-be"
    low, high = zeros[1] + zeros[3], zeros[0] + zeros[2]
    # Stray zero bytes must not pass for a pattern, so most line ends have to show it too.
    ends = [end for end in (b"\r", b"\n") if end in sample]
    paired = sum(sample.count(end + b"\0" if low > high else b"\0" + end) for end in ends)
    shown = max(low, high) > 0.2 and min(low, high) < max(low, high) / 10 and paired * 2 >= sum(map(sample.count, ends))
    return ("utf-16-le" if low > high else "utf-16-be") if shown else None


def words_in(text: bytes) -> Iterator[tuple[int, int]]:
    """Where the words are that hold a byte above 127. Going by those bytes skips plain text at full speed."""
    end = 0
    for high in HIGH.finditer(text):
        start = high.start()
        if start < end:
            continue
        while start > end and text[start - 1] in LETTERS:
            start -= 1
        end = WORD.match(text, start).end()  # type: ignore[union-attr]  # it matches everywhere, if only nothing
        yield start, end


def odd(word: str, place: int) -> bool:
    """No word has this sign in this place."""
    sign, left, right = word[place], word[place - 1 : place], word[place + 1 : place + 2]
    if sign < "\x80":
        return False
    if sign.isalpha() and sign not in "ƒªº":
        return (sign.isupper() and left.isalpha() and left.islower()) or word in ("nø", "Nø")
    if sign < "\xa0" or sign in "ˆ˜":
        return True
    if left.isalpha() and right.isalpha():
        return sign not in WITHIN or (sign in "–—" and _stub(word, place))
    if left.isalpha():
        return sign not in AFTER or (sign in "–—" and _stub(word, place))
    return right.isalpha() and sign not in BEFORE


def _stub(word: str, place: int) -> bool:
    """A dash joins whole words; beside one or two letters it is a misread vowel ("s–r" for "sûr")."""
    before, after = re.split(r"\W", word[:place])[-1], re.split(r"\W", word[place + 1 :])[0]
    return len(before) <= 2 or 0 < len(after) <= 2


class Western:
    """Decodes text that is not UTF-8 throughout, once its words have been counted."""

    def __init__(self, words: Counter[bytes]) -> None:
        legacy = Counter({word: count for word, count in words.items() if not _is_utf8(word)})
        turkish = _weight(legacy, "ðýþÐÝÞ") > _weight(legacy, "áéíóúæÁÉÍÓÚÆ")
        windows = "cp1254" if turkish else "cp1252"
        odd_signs = {
            name: sum(count * _oddities(_read(word, name)) for word, count in legacy.items()) for name in (windows, "cp850")
        }
        self.main = min(odd_signs, key=lambda name: odd_signs[name])
        self.other = "cp850" if self.main == windows else windows
        self._known = {word: self._least_odd(word) for word in legacy}
        # The words of the file itself are its dictionary, once a mix of encodings is certain.
        if len(self._mixed()) * 50 > len(legacy):
            usual = Counter[str]()
            for word, text in self._known.items():
                usual[text.lower()] += legacy[word]
            self._known = {word: self._most_usual(word, text, usual) for word, text in self._known.items()}
        self._counts = (words.total() - legacy.total(), legacy.total(), sum(legacy[word] for word in self._mixed()))

    def _mixed(self) -> list[bytes]:
        return [word for word, text in self._known.items() if text != _read(word, self.main)]

    def _least_odd(self, word: bytes) -> str:
        best = _read(word, self.main)
        for place in range(len(word)):
            if odd(best, place):
                best = min(best, self._swapped(best, word, place), key=_oddities)
        return best

    def _most_usual(self, word: bytes, text: str, usual: Counter[str]) -> str:
        swaps = (self._swapped(text, word, place) for place in range(len(word)) if text[place] > "\x7f")
        likely = max(swaps, key=lambda swap: usual[swap.lower()])
        return likely if usual[likely.lower()] > 3 * usual[text.lower()] else text

    def _swapped(self, text: str, word: bytes, place: int) -> str:
        return text[:place] + _sign(word[place], self.other) + text[place + 1 :]

    def _utf8(self, word: bytes) -> bytes:
        if _is_utf8(word):
            return word
        return (self._known.get(word) or self._least_odd(word)).encode()

    def decode(self, text: bytes) -> bytes:
        """The text in UTF-8; it must not begin or end within a word."""
        pieces: list[bytes] = []
        done = 0
        for start, end in words_in(text):
            pieces += (text[done:start], self._utf8(text[start:end]))
            done = end
        return b"".join((*pieces, text[done:]))

    @property
    def name(self) -> str:
        return "UTF-8" if self._counts[0] > self._counts[1] else NAMES[self.main]

    def notes(self) -> tuple[str, ...]:
        utf8, legacy, mixed = self._counts
        if utf8 > legacy:
            return (f"not UTF-8 throughout: {_words(legacy)} read as {NAMES[self.main]}",)
        parts = [f"not UTF-8: read as {NAMES[self.main]}"]
        parts += [f"{_words(utf8)} as UTF-8"] if utf8 else []
        parts += [f"{_words(mixed)} as {NAMES[self.other]}"] if mixed else []
        return ("; ".join(parts),)


def _words(count: int) -> str:
    return f"{count:,} {'word' if count == 1 else 'words'}"


@lru_cache(maxsize=100_000)
def _is_utf8(word: bytes) -> bool:
    try:
        word.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _weight(words: Counter[bytes], letters: str) -> int:
    wanted = letters.encode("cp1252")
    return sum(count for word, count in words.items() if any(byte in wanted for byte in word))


@lru_cache(maxsize=100_000)
def _read(word: bytes, name: str) -> str:
    return "".join(_sign(byte, name) for byte in word)


def _oddities(word: str) -> int:
    return sum(odd(word, place) for place in range(len(word)))


@lru_cache(maxsize=1024)
def _sign(byte: int, name: str) -> str:
    # Windows leaves five places open; Latin-1 fills them, so no byte is ever lost.
    try:
        return bytes((byte,)).decode(name)
    except UnicodeDecodeError:
        return chr(byte)


def survey(pieces: Iterable[bytes]) -> Western:
    """Counts the words that tell encodings apart; a few hundred thousand different ones tell enough."""
    words: Counter[bytes] = Counter()
    for piece in pieces:
        if len(words) < 300_000:
            words.update(piece[start:end] for start, end in words_in(piece))
    return Western(words)
