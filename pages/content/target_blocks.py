"""Promises in words: what was promised, whether it was kept, since when it was not."""

import queries
from data.workspace.targets import Promise, Target
from pages import context
from pages.content import addresses, target_blocks
from pages.document import charts, number_format, tiles, time_axis
from pages.document.blocks import Chart, Direction, Evidence, Finding, Findings
from queries import target_verdicts
from queries.target_verdicts import Judged

TALL = 172

WORDS = {"met": "Met", "missed": "Not met", "unclear": "Cannot tell", "none": "No data"}
COLOURS: dict[str, Direction] = {"met": "better", "missed": "worse", "unclear": "noise", "none": "noise"}
ORDER = ("missed", "unclear", "met", "none")  # what needs somebody stands first
SHARES = {50.0: "Half of", 75.0: "Three in four", 80.0: "Eight in ten", 90.0: "Nine in ten", 100.0: "All"}


def sentence(promise: Promise) -> str:
    """ "Nine in ten chat tickets get a first reply within 5 minutes"."""
    if promise.minutes is None:
        return _about_a_number(promise)
    share = "Tickets" if promise.goal is None else _share(promise.goal)
    rows = _rows(promise) if promise.goal is not None else _rows(promise).removesuffix("tickets").strip()
    said = f"{share} {rows} {queries.metric(promise.metric).promise} {spoken(promise.minutes)}{_hours(promise)}"
    return " ".join(said.split())


def _share(goal: float) -> str:
    return SHARES.get(goal, f"{number_format.number(goal, 0 if goal == round(goal) else 1)} % of")


def _rows(promise: Promise) -> str:
    scope = promise.scope
    customers = f" of {scope['segment']} customers" if "segment" in scope else ""
    return f"{scope.get('priority', '')} {scope.get('channel', '')} tickets{customers}".strip()


def _about_a_number(promise: Promise) -> str:
    metric = queries.metric(promise.metric)
    name, goal = metric.promise or metric.title, promise.goal
    bound = "at least" if metric.better == "higher" else "at most"
    often = " a month" if target_verdicts.monthly(metric) else ""
    scope = promise.scope
    said = [scope.get("channel", ""), f"{scope['priority']} priority" if "priority" in scope else ""]
    said.append(f"{scope['segment']} customers" if "segment" in scope else "")
    narrowed = ", ".join(part for part in said if part)
    return f"{name} {bound} {aim(goal, metric.unit)}{often}" + (f", for {narrowed}" if narrowed else "") + _hours(promise)


def aim(goal: float | None, unit: str) -> str:
    """A goal is written as it was set, not rounded like a result."""
    if goal is None:
        return "?"
    if unit == "minutes":
        return spoken(goal)
    decimals = next((places for places in (0, 1, 2) if round(goal, places) == goal), 2)
    return f"{number_format.number(goal, decimals)} %" if unit == "percent" else number_format.number(goal, decimals)


def _hours(promise: Promise) -> str:
    timed = promise.minutes is not None or queries.metric(promise.metric).unit == "minutes"
    return ", in business hours" if timed and promise.hours == "business" else ""


def spoken(minutes: float) -> str:
    """ "5 minutes", "an hour", "2 days"; in the largest unit that needs no fraction."""
    for length, one, many in ((1440, "a day", "days"), (60, "an hour", "hours"), (1, "a minute", "minutes")):
        count = minutes / length
        if count == round(count):
            return one if count == 1 else f"{number_format.number(count)} {many}"
    return number_format.duration(minutes)


def found(judged: Judged) -> str:
    """The value, how sure it is, from how many, and over which days."""
    promise = judged.version.promise
    unit, rows = target_verdicts.unit(promise), tiles.COUNTED[queries.metric(promise.metric).rows]
    if judged.verdict == "none":
        return f"No data {_over(judged)}."
    interval = _interval(judged, unit)
    within = f" within {spoken(promise.minutes)}" if promise.minutes is not None else ""
    value = number_format.show(judged.value, unit, judged.n) if number_format.known(judged.value) else "not reached yet"
    counted = "" if unit == "count" else f", {number_format.count(judged.n, *rows)}"
    return f"{value}{within}" + (f" ({interval})" if interval else "") + f"{counted}, {_over(judged)}."


def _interval(judged: Judged, unit: str) -> str:
    """A bound that reads like the goal and is not says on which side of it it lies: the verdict depends on it."""
    said, goal = number_format.span(judged.low, judged.high, unit, judged.n), judged.version.promise.goal
    if goal is None or not said or not number_format.known(judged.low) or not number_format.known(judged.high):
        return said
    ends = [(number_format.show(bound, unit, judged.n), bound) for bound in (judged.low, judged.high)]
    close = [text == number_format.show(goal, unit, judged.n) and bound != goal for text, bound in ends]
    if not any(close):
        return said
    sides = [
        f"just {'under' if bound < goal else 'over'} {text}" if near else text
        for near, (text, bound) in zip(close, ends, strict=True)
    ]
    return " to ".join(sides)


def _over(judged: Judged) -> str:
    if judged.month:
        return f"in {time_axis.label(time_axis.place(judged.month), 'month')}"
    start, end = judged.filters.start, judged.filters.end
    if end is not None and queries.metric(judged.version.promise.metric).stock:
        return f"at the end of {number_format.day(end)}"
    if start is None or end is None:
        return f"until {number_format.day(end)}" if end else "over all dates"
    return f"{start.day} {start:%b}{'' if start.year == end.year else f' {start.year}'} to {number_format.day(end)}"


def breach(judged: Judged) -> str:
    """When it was first clearly missed, how often, and since when without a break."""
    missed, counted = judged.missed, int(judged.course["verdict"].isin(["met", "missed", "unclear"]).sum())
    if judged.version.promise.goal is None:
        return "How many should be was never said: change it to say so."
    if not counted:
        return ""
    many = _spans(judged, counted)
    if not missed:
        return f"Never clearly missed in the {many}."
    if len(missed) == counted:
        return f"Clearly missed in each of the {many}." if counted > 1 else f"Clearly missed in {named(judged, missed[0])}."
    if len(missed) == 1:
        return f"Clearly missed once in the {many}: {named(judged, missed[0])}."
    since = judged.since
    if since is not None and since == missed[0]:
        return f"Clearly missed in every {judged.grain} since {named(judged, since)}."
    now = f", and without a break since {named(judged, since)}" if since is not None else ""
    return f"Clearly missed in {len(missed)} of the {many}, first in {named(judged, missed[0])}{now}."


def _spans(judged: Judged, counted: int) -> str:
    """ "last 26 weeks", or "6 months with answers" where a survey does not go out every month."""
    many = f"{counted} {judged.grain}{'s' if counted != 1 else ''}"
    gaps = len(judged.course) > counted
    return f"{many} with {tiles.COUNTED[queries.metric(judged.version.promise.metric).rows][1]}" if gaps else f"last {many}"


def named(judged: Judged, name: str) -> str:
    text = time_axis.label(time_axis.place(name), judged.grain)
    return f"the {text[0].lower()}{text[1:]}" if judged.grain == "week" else text


def held(target: Target) -> list[str]:
    """What was promised when, the newest first; nothing to tell while there was only one."""
    said = []
    for one in reversed(target.versions):
        began = f"from {number_format.day(one.since)}" if one.since else "from the beginning"
        ended = f" to {number_format.day(one.until)}" if one.until else " on"
        said.append(f"{sentence(one.promise)}: {began}{ended}.")
    return said


def kept() -> Findings | None:
    """One line a promise, for pages that are not about promises; nothing where there are none."""
    now = context.current()
    found = target_verdicts.judge_all(now.filters, now.store, now.heartbeat)
    lines = tuple(_finding(one) for one in sorted(found, key=lambda one: ORDER.index(one.verdict)) if one.verdict != "none")
    return Findings("Targets", lines) if lines else None


def _finding(judged: Judged) -> Finding:
    now = context.current()
    way = addresses.onward("targets", now.filters.resolved(now.today), now.store.version())
    said = f"{sentence(judged.version.promise)}: {found(judged)}"
    why = Evidence(judged.version.promise.metric, judged.filters)
    return Finding(said, COLOURS[judged.verdict], (("More", way),), n=judged.n, mark=WORDS[judged.verdict], evidence=why)


def course(judged: Judged) -> Chart:
    """The weeks or months that are over, with what was promised in each."""
    promise, frame = judged.version.promise, judged.course
    few = frame["n"].astype(float) < number_format.FEW  # two answers would stretch the axis and say nothing
    frame = frame.assign(**{name: frame[name].mask(few) for name in ("value", "low", "high")})
    goals = {str(name): float(goal) for name, goal in zip(frame["slice"], frame["goal"], strict=True) if number_format.known(goal)}
    counted = tiles.COUNTED[queries.metric(promise.metric).rows][1]
    return charts.trend(
        target_blocks.sentence(promise), frame, unit=target_verdicts.unit(promise), by=judged.grain, promised=goals, counted=counted
    )
