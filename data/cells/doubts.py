"""What a file leaves open: a question to the manager, what was assumed, and the other readings.

How to add a doubt:
1. Where it is read (`settle` of a kind in data/cells, or plan_file for the whole file) build a `Doubt`. Its id is the kind and
   what it is about in field terms, "decimal_sign:mrr": the same in every later file of the kind, so that an answer holds there.
   `assumed` is the reading that stands while nobody has answered; `alternatives` holds every reading, the assumed one too, each in
   the words of a manager. `touches` names our columns that it changes: numbers that rest on these say so (queries/lineage.toml);
   the score of one kind of survey is "nps.score". `rows` is counted, never guessed.
2. Ask what was said, `doubt = doubt.under(setting.answers)`, and read as `doubt.taken` says: nothing else may decide the reading.
   From there on it is recorded, asked, answered, remembered and shown with its consequences by itself.
3. Hand it out: `Reading(doubts=(doubt,))` of a column, `replace(plan, doubts=...)` of a file, `Loaded(doubts=...)` of what only the
   merge shows. Several with one id, such as the date order of three columns, become one question.
4. A file without the doubt builds none and pays nothing: `settled=False` asks all rows only where the first ones are in doubt. What
   may come first far down must fail its check (a bit of `unread`, as a strange status does): then all rows are asked too.
5. Where rows keep the file's own word, answer_doubt.KEPT_WORDS lets an answer be applied when the file is gone.
6. Test it as tests/importing/test_doubts.py does: asked, read anew under each answer, remembered; no question where it is proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

UNKNOWN = "unknown"  # the answer that leaves it open


@dataclass(frozen=True)
class Alternative:
    """One way to read the file."""

    answer: str
    words: str  # what that means, to a manager


@dataclass(frozen=True)
class Doubt:
    """Something the file does not settle."""

    id: str
    question: str
    column: str | None  # of the file
    rows: int  # how many it touches
    touches: tuple[str, ...]  # our columns
    assumed: str
    alternatives: tuple[Alternative, ...]
    answer: str | None = None  # as the manager said, for this file or for others of its kind

    @property
    def kind(self) -> str:
        return self.id.partition(":")[0]

    @property
    def about(self) -> str:
        return self.id.rpartition(":")[2]

    @property
    def taken(self) -> str:
        """The reading that holds."""
        return self.answer or self.assumed

    def under(self, answers: Mapping[str, str]) -> Doubt:
        """With what was said about it; an answer that is none of its readings says nothing."""
        said = {name.lower(): answer for name, answer in answers.items()}
        return replace(self, answer=chosen(self.alternatives, said.get(self.id.lower())))

    def as_dict(self) -> dict[str, Any]:
        """As a receipt tells it."""
        told = {"id": self.id, "question": self.question, "column": self.column, "rows": self.rows, "assumed": self.assumed}
        readings = [{"answer": one.answer, "words": one.words, "consequences": {}} for one in self.alternatives]
        return told | ({"answer": self.answer} if self.answer else {}) | {"alternatives": readings}


def readings(*pairs: tuple[str, str]) -> tuple[Alternative, ...]:
    """Answers and their words, each answer once."""
    return tuple(Alternative(answer, words) for answer, words in dict(pairs).items())


def chosen(alternatives: Iterable[Alternative], said: str | None) -> str | None:
    """The answer that is meant, however it is spelled: Month-First is "month first"."""
    spelled = {_plain(one.answer): one.answer for one in alternatives}
    return spelled.get(_plain(said)) if said is not None else None


def _plain(answer: str) -> str:
    return " ".join(answer.lower().replace("-", " ").replace("_", " ").split())


def united(found: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """One of each id: what several columns leave open alike is asked once."""
    first: dict[str, Doubt] = {}
    for one in found:
        known = first.get(one.id)
        touches = tuple(dict.fromkeys((*(known.touches if known else ()), *one.touches)))
        first[one.id] = replace(known or one, touches=touches, rows=max(known.rows if known else 0, one.rows))
    return tuple(first.values())
