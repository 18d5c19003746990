"""What makes two helpdesks' numbers differ, in words."""

import math

from pages.content import decomposition_words
from pages.document import number_format, tiles
from queries.helpdesk_match import Match, Step
from queries.helpdesks import CHOICES

NOTHING = 1e-9
TINY = 0.03  # of the number
NAMES = {
    "hours": "Hours that count",
    "attribution": "Which period it belongs to",
    "started_by_agent": "Started by an agent",
    "set_aside": "Spam, deleted, merged",
    "clock": "Reopened tickets",
    "answered": "Solved without a reply",
    "statistic": "Mean or median",
    "waiting": "Still waiting",
    "good": "What is satisfied",
    "unanswered": "Solved without a reply",
    "touch": "What one touch is",
    "reopened": "Reopened tickets",
}
WHY = {
    "hours": "it counts {theirs}, and you look at {ours}",
    "attribution": "{n} fall into another period, because it takes what was {theirs}",
    "started_by_agent": "{n} that an agent started, which it counts",
    "set_aside": "{n} that are spam, deleted or merged, which it counts",
    "clock": "{n} that were reopened: its clock stops when first solved",
    "answered": "{n} solved without a reply, which it leaves out",
    "good": "{n} that it takes for satisfied and we do not",
    "unanswered": "{n} solved without a reply, which it counts as one touch",
    "touch": "{n} that one agent answered more than once, which it counts",
    "reopened": "{n} that were reopened, which it may count",
}


def named(found: Match, rule: str) -> str:
    """A rule in words; what waits for its solving is open, and a share has no middle."""
    if rule == "statistic" and found.number.id == "csat":
        return "Share or balance"
    return "Still open" if rule == "waiting" and found.number.id == "resolution" else NAMES[rule]


def shown(found: Match, value: float, here: bool = False) -> str:
    """A value in its unit; the balance of the satisfied and the dissatisfied is in points."""
    if math.isnan(value) and (found.n_ours if here else found.n_theirs):
        return "not reached yet"
    points = not here and found.number.rules.get("statistic") == "balance"
    return number_format.show(value, "points" if points else found.metric.unit, math.inf)


def alike(found: Match) -> str:
    """What to say where both numbers read the same."""
    cancelled = any(abs(step.effect) > NOTHING for step in found.steps)
    return "Some rules differ; here they cancel out." if cancelled else "No rule makes a difference here."


def small(found: Match) -> bool:
    """Whether every step is too small for an axis to tell its ends apart."""
    largest = max((abs(step.effect) for step in found.steps), default=0.0)
    return largest < TINY * max(abs(found.theirs), abs(found.ours))


def biggest(found: Match) -> str:
    """The step that moves the number most, in words."""
    steps = [step for step in found.steps if abs(step.effect) > NOTHING]
    if not steps:
        return ""
    step = max(steps, key=lambda one: abs(one.effect))
    alone, fits = len(steps) == 1, abs(step.effect) <= 1.1 * abs(found.ours - found.theirs)
    most = "All of the difference" if alone else "Most of the difference" if fits else "The largest step"
    back = "" if fits else " Other rules pull the other way."
    return f"{most}: {because(found, step)} ({decomposition_words.moved(step.effect, found.metric)}).{back}"


def because(found: Match, step: Step) -> str:
    """Why a step moves the number, with how many rows it bears on."""
    n = number_format.count(step.rows, *tiles.COUNTED[found.metric.rows])
    match step.rule, step.theirs:
        case "statistic", "mean":
            return f"it takes the mean, which the {n} above it pull up"
        case "statistic", "balance":
            return f"it subtracts the dissatisfied: {n}"
        case "statistic", _:
            return "how the middle of the same tickets is read"
        case "waiting", _:
            return f"{n} still {'waiting' if found.number.id == 'first_reply' else 'open'}, which it leaves out"
    words = {side: CHOICES[step.rule][choice] for side, choice in (("theirs", step.theirs), ("ours", step.ours))}
    return WHY[step.rule].format(n=n, **words)
