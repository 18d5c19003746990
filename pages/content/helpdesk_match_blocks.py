"""Another helpdesk's number beside ours, as people read it: the headline, the way between, every rule, and what makes a step."""

import math

from pandas import DataFrame

import queries
from pages import context
from pages.content import decomposition_words, personal_data
from pages.content.helpdesk_match_words import NOTHING, alike, because, biggest, named, shown, small
from pages.document import charts, number_format, tables, tiles
from pages.document.blocks import Chart, Column, Evidence, Finding, Findings, Notice, Table, Tile, Tiles
from queries import helpdesk_match
from queries.helpdesk_match import Match, Step
from queries.helpdesks import CHOICES, METRIC, RULES, UNKNOWN

LISTED = 1000
CLOSE = "The two numbers differ by too few here to be shown beside each other in a shared page."


def number_title(number: str) -> str:
    return queries.metric(METRIC[number]).title


def tells(found: Match) -> bool:
    """Whether the two numbers, shown to people outside, would tell about few by their difference."""
    k, counts = context.current().smallest, [abs(found.n_ours - found.n_theirs), *(step.rows for step in found.steps)]
    return any(0 < count < k for count in counts)


def headline(found: Match) -> Tiles:
    """Both numbers and the largest reason, to be understood at a glance."""
    theirs, ours, name = shown(found, found.theirs), shown(found, found.ours, True), found.helpdesk.title
    same = theirs == ours
    title = f"{name} would show {theirs}, and so do we." if same else f"{name} would show {theirs}; we show {ours}."
    facts = Evidence(found.metric.id, context.current().filters)
    counted = tiles.COUNTED[found.metric.rows]
    return Tiles(
        (
            Tile(
                f"{name}: {found.number.title}",
                theirs,
                small=(f"from {number_format.count(found.n_theirs, *counted)}",),
                answer=_answer(found.theirs, found.n_theirs),
            ),
            Tile(
                f"Here: {found.metric.title}",
                ours,
                small=(f"from {number_format.count(found.n_ours, *counted)}",),
                evidence=facts,
                answer=_answer(found.ours, found.n_ours),
            ),
        ),
        title,
        alike(found) if same else biggest(found),
    )


def _answer(value: float, n: int) -> DataFrame:
    return DataFrame([{"slice": "all", "value": value, "low": math.nan, "high": math.nan, "n": n}])


def way(found: Match) -> Chart | None:
    """From their number to ours, one rule a step."""
    steps = [step for step in found.steps if abs(step.effect) > NOTHING]
    if not steps or small(found) or any(math.isnan(step.effect) for step in found.steps):
        return None
    rows = [_end(found.helpdesk.title, shown(found, found.theirs), found.theirs)]
    rows += [
        {
            "slice": named(found, step.rule),
            "value": step.after,
            "start": step.before,
            "label": decomposition_words.moved(step.effect, found.metric),
            "n": float(step.rows),
        }
        for step in steps
    ]
    frame = DataFrame([*rows, _end("Here", shown(found, found.ours, True), found.ours)]).assign(colour="", real=True)
    return charts.waterfall(
        f"From {found.helpdesk.title}'s number to ours",
        frame,
        unit=found.metric.unit,
        by="rule",
        note="Each step changes one rule and works the number out anew, so the steps add up exactly. "
        "In another order they would share the difference out differently.",
        evidence=Evidence(found.metric.id, context.current().filters),
    )


def _end(name: str, label: str, value: float) -> dict[str, object]:
    return {"slice": name, "value": value, "start": math.nan, "label": label}


def rules(found: Match) -> Table:
    """Every rule, also those on which both agree or that nobody has written down."""
    steps = {step.rule: step for step in found.steps}
    mine = helpdesk_match.ours(found.number.id, context.current().filters)
    rows = []
    for rule in RULES[found.number.id]:
        step = steps.get(rule)
        said = found.number.rules[rule]
        rows.append(
            {
                "rule": named(found, rule),
                "theirs": _said(rule, said) + (" (not verified)" if rule in found.number.unverified else ""),
                "ours": _said(rule, mine[rule]),
                "effect": decomposition_words.moved(step.effect, found.metric) if step and not math.isnan(step.effect) else "",
                "rows": f"{step.rows:,}" if step else "" if said == UNKNOWN else "same rule",
                "n": found.n_ours,
            }
        )
    things = tiles.COUNTED[found.metric.rows][1].capitalize()
    columns = {
        "rule": "Rule",
        "theirs": found.helpdesk.title,
        "ours": "Here",
        "effect": "Effect on the number",
        "rows": f"{things} concerned",
    }
    finding = "What is not documented counts as it does here, and makes no step."
    return tables.table(
        "Rule by rule",
        DataFrame(rows),
        columns,
        finding=finding,
        file_name=f"match-{found.helpdesk.id}-{found.number.id}",
        counted="n",
    )


def _said(rule: str, choice: str) -> str:
    return choice if choice == UNKNOWN else CHOICES[rule][choice]


def sources(found: Match) -> Findings:
    """What the vendor says, in our words, and where."""
    said = [Finding(text, n=math.inf) for text in found.number.explains]  # about nobody's rows
    page = Finding(found.number.verified, n=math.inf, links=((f"{found.helpdesk.title}'s page", found.number.source),))
    return Findings(f"How {found.helpdesk.title} counts it", (*said, page))


def listed(found: Match, step: Step) -> Table:
    """The rows, without what this reader may not see."""
    now = context.current()
    frame = personal_data.masked(helpdesk_match.tickets(found, step, now.filters, now.store, LISTED), now.reader)
    unit = "minutes" if found.metric.unit == "minutes" else ""
    if not unit:
        frame = frame.assign(
            **{side: frame[side].map({100.0: "yes", 0.0: "no", -100.0: "subtracted"}) for side in ("theirs", "ours")}
        )
    columns: dict[str, Column | str] = {"id": "Ticket", "what": "Counted", "theirs": Column(found.helpdesk.title, unit)}
    columns |= {"ours": Column("Here", unit), "subject": Column("Subject", wide=True)}
    columns |= {name: name.replace("_", " ").capitalize() for name in map(str, frame) if name not in {*columns, "url"}}
    finding = because(found, step)
    more = f" The {LISTED:,} largest are shown." if step.rows > LISTED else ""
    return tables.table(
        f"The {tiles.COUNTED[found.metric.rows][1]} behind it: {named(found, step.rule).lower()}",
        frame,
        columns,
        finding=f"{finding[:1].upper()}{finding[1:]}.{more}",
        file_name=f"match-{found.helpdesk.id}-{found.number.id}-{step.rule}",
        link="url",
    )


def without_calendar(found: Match) -> Notice | None:
    if not found.needs_calendar:
        return None
    return Notice(
        f"{found.helpdesk.title} counts this in business hours, and none are set here.",
        "Until they are, its number stands below as if the clock ran day and night.",
        "Set business hours",
        "settings",
    )
