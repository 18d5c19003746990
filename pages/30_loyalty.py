"""Loyalty: "Would customers recommend us?"

Shared: whole
For: all
About: numbers
"""

from pages.content import ask, feedback, nonresponse, page, standard_charts
from pages.document import charts, notices

TILES = ("nps", "nps_promoters", "nps_passives", "nps_detractors", "nps_response_rate")
MISSING = notices.missing("recommendation scores", "A survey export with scores from 0 to 10")
PARTS = {"Promoters": "nps_promoters", "Passives": "nps_passives", "Detractors": "nps_detractors"}
GROUPS = {"10": "Promoters", "9": "Promoters", "8": "Passives", "7": "Passives", **{str(n): "Detractors" for n in range(7)}}


def course():
    return standard_charts.over_time(("How the score moves", "nps"), grain="quarter")


def parts():
    shares = dict(zip(PARTS, ask.long("quarter", *PARTS.values()), strict=True))
    if not shares["Promoters"]["n"].sum():
        return None
    why = ask.evidence("nps_promoters", "quarter")
    shared = {"by": "quarter", "partial": ask.partial("quarter"), "counted": "answers", "evidence": why}
    return charts.stack("Promoters, passives and detractors", shares, **shared)


def sure():
    return nonresponse.sure("nps")


def scores():
    found = ask.scores("nps")
    shared = {"labels": GROUPS, "counted": "answers", "evidence": ask.evidence("nps", "score")}
    return charts.distribution("Which scores customers give", found, **shared) if len(found) else None


def slices():
    return standard_charts.sliced("nps", "segment", "plan", "country", "survey")


def comments():
    return feedback.comments("nps", "What customers wrote")


page.show(lambda: ask.row(TILES) or MISSING, sure, course, parts, scores, slices, comments)
