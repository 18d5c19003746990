"""What the answers to a survey question leave open: on which scale they are, and what words mean that nobody knows."""

from __future__ import annotations

from collections.abc import Mapping

from data.cells.column_kind import Measured, Reading, Setting
from data.cells.doubts import UNKNOWN, Doubt, readings
from data.formats.match import Use

USUAL = ((1, 3), (1, 4), (1, 5), (1, 7), (0, 10), (1, 10), (0, 100))  # the scales people are asked on
ENOUGH = 30  # answers that reach the top of a scale and never go beyond it
SATISFIED, DISSATISFIED = "satisfied", "not satisfied"
WORD = "answer"


def proved(most: float, scale: float, count: int) -> bool:
    """Whether the values show the scale: they reach its top, and there are many, or it is the one that nearly everybody uses."""
    return most == scale and (scale == 5 or (scale != 3 and count >= ENOUGH))


def scaled(use: Use, found: Measured, setting: Setting, least: float, most: float, plain: bool) -> Reading:
    """Read on the likeliest scale, or on the one that the manager says."""
    doubt = _scale(use, found, f"{least:g}-{most:g}").under(setting.answers)
    low, _, high = doubt.taken.partition("-")
    return Reading(plain=plain, scale=float(high), least=float(low), settled=False, doubts=(doubt,))


def _scale(use: Use, found: Measured, assumed: str) -> Doubt:
    fits = [f"{low}-{high}" for low, high in USUAL if high >= found["most"] and (low == 0 or not found["below"])]
    ways = [(one, f"from {one.replace('-', ' to ')}") for one in dict.fromkeys((assumed, *fits))]
    question = f"On which scale were people asked for '{use.header}'? The highest answer is {found['most']:g}."
    return Doubt(f"scale:{of(use)}", question, use.header, found["numbers"], touched(use), assumed, readings(*ways))


def words(use: Use, strange: Mapping[str, int], setting: Setting) -> tuple[Doubt, ...]:
    """A question for each word that tells satisfied from not, and that nobody knows."""
    doubts = []
    ways = readings((UNKNOWN, "nobody has said: left out"), (SATISFIED, "satisfied"), (DISSATISFIED, "not satisfied, or neutral"))
    for word, rows in sorted(strange.items(), key=lambda one: (-one[1], one[0])):
        question = f"Is a customer satisfied who answers '{word}' in '{use.header}'?"
        doubts.append(Doubt(f"{WORD}:{of(use)}:{word}", question, use.header, rows, touched(use), UNKNOWN, ways))
    return tuple(one.under(setting.answers) for one in doubts)


def answered(use: Use, setting: Setting) -> dict[str, float]:
    """What the manager has said of such words, as scores on the scale that the known words have."""
    if not use.column.words:
        return {}
    worth = {SATISFIED: max(use.column.words.values()), DISSATISFIED: min(use.column.words.values())}
    ours = f"{WORD}:{of(use)}:"
    said = {name.removeprefix(ours).lower(): answer for name, answer in setting.answers.items() if name.startswith(ours)}
    return {word: worth[answer] for word, answer in said.items() if answer in worth}


def of(use: Use) -> str:
    """What the question is about: csat, nps, ces, or a score of which the file says for each row."""
    return use.column.name.partition(" question ")[0]


def touched(use: Use) -> tuple[str, ...]:
    if use.column.name == "score":
        return ("score", "scale_max")
    ours = of(use)
    return (f"{ours}.score",) if use.column.name != ours else (f"{ours}_score", f"{ours}_scale")
