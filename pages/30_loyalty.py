"""Loyalty: "Would customers recommend us?"

Shared: whole
For: all
About: numbers
"""

from pages.content import ask, feedback, nonresponse, page, standard_charts
from pages.document import charts, notices
from pages.document.blocks import Block

TILES = ("nps", "nps_promoters", "nps_passives", "nps_detractors", "nps_response_rate")
MISSING = notices.missing("recommendation scores", "A survey export with scores from 0 to 10")
PARTS = {"Promoters": "nps_promoters", "Passives": "nps_passives", "Detractors": "nps_detractors"}
GROUPS = {"10": "Promoters", "9": "Promoters", "8": "Passives", "7": "Passives", **{str(n): "Detractors" for n in range(7)}}


def course() -> list[Block]:
    return standard_charts.over_time(("How the score moves", "nps"), grain="quarter")


def parts() -> Block | None:
    shares = dict(zip(PARTS, ask.long("quarter", *PARTS.values()), strict=True))
    if not shares["Promoters"]["n"].sum():
        return None
    return charts.stack(
        "Promoters, passives and detractors",
        shares,
        by="quarter",
        partial=ask.partial("quarter"),
        counted="answers",
        evidence=ask.evidence("nps_promoters", "quarter"),
    )


def sure() -> Block | None:
    return nonresponse.sure("nps")


def scores() -> Block | None:
    found = ask.scores("nps")
    if found.empty:
        return None
    why = ask.evidence("nps", "score")
    return charts.distribution("Which scores customers give", found, labels=GROUPS, counted="answers", evidence=why)


def slices() -> list[Block]:
    return standard_charts.sliced("nps", "segment", "plan", "country", "survey")


def comments() -> Block:
    return feedback.comments("nps", "What customers wrote")


page.show(lambda: ask.row(TILES) or MISSING, sure, course, parts, scores, slices, comments)
