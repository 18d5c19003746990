"""Satisfaction: "Are customers satisfied, and how sure are we?" """

from pages import visit
from pages.elements import ask, charts, draw, notices, voices
from pages.elements.blocks import Side

TILES = ("csat", "csat_mean", "csat_response_rate")
MISSING = notices.missing("satisfaction scores", "A survey export, or a ticket export with a satisfaction score,")


def course():
    grain = ask.by_time()
    score, rate = ask.answers(("csat", grain), ("csat_response_rate", grain))
    made = [
        charts.trend(
            "How satisfaction moves",
            score,
            unit="percent",
            by=grain,
            partial=ask.partial(),
            better="higher",
            counted="answers",
            evidence=ask.evidence("csat", grain),
        )
    ]
    if rate["n"].sum():
        made.append(
            charts.trend(
                "How many answer",
                rate,
                unit="percent",
                by=grain,
                partial=ask.partial(),
                better="higher",
                counted="surveys sent",
                evidence=ask.evidence("csat_response_rate", grain),
            )
        )
    return Side(tuple(made)) if len(made) > 1 else made


def scores():
    return charts.distribution(
        "Which scores customers give", ask.scores("csat"), counted="answers", evidence=ask.evidence("csat", "score")
    )


def slices():
    dimensions = ("channel", "team", "topic", "agent")
    answers = ask.answers(*(("csat", by) for by in dimensions))
    return ask.pairs(
        [
            charts.dots(
                f"By {by}", answer, unit="percent", by=by, better="higher", counted="answers", evidence=ask.evidence("csat", by)
            )
            for by, answer in zip(dimensions, answers, strict=True)
            if len(answer) > 1
        ]
    )


def comments():
    return voices.comments("csat", "What customers wrote")


if visit.current().empty:
    draw.each(notices.first_start())
else:
    draw.each(lambda: ask.row(TILES) or MISSING, course, scores, slices, comments)
