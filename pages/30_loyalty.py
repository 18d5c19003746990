"""Loyalty: "Would customers recommend us?" """

from pages import visit
from pages.elements import ask, charts, draw, notices, voices

TILES = ("nps", "nps_promoters", "nps_passives", "nps_detractors", "nps_response_rate")
MISSING = notices.missing("recommendation scores", "A survey export with scores from 0 to 10")
GROUPS = {"10": "Promoters", "9": "Promoters", "8": "Passives", "7": "Passives", **{str(score): "Detractors" for score in range(7)}}


def course():
    promoters, passives, detractors, score = ask.long("quarter", "nps_promoters", "nps_passives", "nps_detractors", "nps")
    grain, partial = "quarter", ask.partial("quarter")
    return [
        charts.trend(
            "How the score moves",
            score,
            unit="points",
            by=grain,
            partial=partial,
            better="higher",
            counted="answers",
            finding=ask.TWO_YEARS,
            evidence=ask.evidence("nps", grain),
        ),
        charts.stack(
            "Promoters, passives and detractors",
            {"Promoters": promoters, "Passives": passives, "Detractors": detractors},
            by=grain,
            partial=partial,
            counted="answers",
            evidence=ask.evidence("nps_promoters", grain),
        ),
    ]


def scores():
    return charts.distribution(
        "Which scores customers give", ask.scores("nps"), labels=GROUPS, counted="answers", evidence=ask.evidence("nps", "score")
    )


def slices():
    dimensions = ("segment", "plan", "country", "survey")
    answers = ask.answers(*(("nps", by) for by in dimensions))
    return ask.pairs(
        [
            charts.dots(
                f"By {by}", answer, unit="points", by=by, better="higher", counted="answers", evidence=ask.evidence("nps", by)
            )
            for by, answer in zip(dimensions, answers, strict=True)
            if len(answer) > 1
        ]
    )


def comments():
    return voices.comments("nps", "What customers wrote")


if visit.current().empty:
    draw.each(notices.first_start())
else:
    draw.each(lambda: ask.row(TILES) or MISSING, course, scores, slices, comments)
