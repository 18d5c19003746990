"""The page of promises as readers outside see it: verdicts and courses."""

from collections.abc import Iterator
from dataclasses import replace

from pages import visit
from pages.elements import promised, target_list
from pages.elements.blocks import Block, Evidence, Notice
from queries import promises


def told() -> Iterator[Block]:
    """Without ways to change anything, and without what broke a promise: that is single rows."""
    now = visit.current()
    yield promised.kept() or Notice("Nothing is promised about what is shown here.")
    found = promises.judge_all(now.filters, now.store, now.heartbeat)
    for judged in sorted(found, key=lambda one: promised.ORDER.index(one.verdict)):
        rests = judged.course["n"][judged.course["n"] > 0].min() if len(judged.course) else 0.0
        said = promised.breach(judged) if rests >= now.smallest else ""
        why = Evidence(judged.version.promise.metric, judged.filters)
        yield replace(target_list.course(judged), finding=said, evidence=why)
