"""Loyalty: "Would customers recommend us?" """

from pages import visit
from pages.elements import ask, charts, draw, notices, voices

TILES = ("nps", "nps_promoters", "nps_passives", "nps_detractors", "nps_response_rate")
MISSING = notices.missing("recommendation scores", "A survey export with scores from 0 to 10")
GROUPS = {**{str(score): "Detractors" for score in range(7)}, "7": "Passives", "8": "Passives", "9": "Promoters", "10": "Promoters"}


def course():
    grain = ask.by_time()
    promoters, passives, detractors, score = ask.answers(*((name, grain) for name in ("nps_promoters", "nps_passives", "nps_detractors", "nps")))
    partial = ask.partial(score)
    return [charts.trend("How the score moves", score, unit="points", by=grain, partial=partial, better="higher", counted="answers",
                         evidence=ask.evidence("nps", grain)),
            charts.stack("Promoters, passives and detractors", {"Detractors": detractors, "Passives": passives, "Promoters": promoters},
                         by=grain, partial=partial, counted="answers", evidence=ask.evidence("nps_promoters", grain))]


def scores():
    return charts.distribution("Which scores customers give", ask.scores("nps"), labels=GROUPS, counted="answers", evidence=ask.evidence("nps", "score"))


def slices():
    dimensions = ("segment", "plan", "country", "survey")
    answers = ask.answers(*(("nps", by) for by in dimensions))
    return [charts.dots(f"By {by}", answer, unit="points", by=by, better="higher", counted="answers", evidence=ask.evidence("nps", by))
            for by, answer in zip(dimensions, answers, strict=True) if len(answer) > 1]


def comments():
    return voices.comments("nps", "What customers wrote")


if visit.current().empty:
    draw.each(notices.first_start())
else:
    draw.each(lambda: ask.row(TILES) or MISSING, course, scores, slices, comments)
