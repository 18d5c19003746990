"""The page of promises as readers outside see it: verdicts and courses."""

from collections.abc import Iterator
from dataclasses import replace

from pages import context
from pages.content import target_blocks
from pages.document.blocks import Block, Evidence, Notice
from queries import target_verdicts


def told() -> Iterator[Block]:
    """Without ways to change anything, and without what broke a promise: that is single rows."""
    now = context.current()
    yield target_blocks.kept() or Notice("Nothing is promised about what is shown here.")
    found = target_verdicts.judge_all(now.filters, now.store, now.heartbeat)
    for judged in sorted(found, key=lambda one: target_blocks.ORDER.index(one.verdict)):
        rests = judged.course["n"][judged.course["n"] > 0].min() if len(judged.course) else 0.0
        said = target_blocks.breach(judged) if rests >= now.smallest else ""
        why = Evidence(judged.version.promise.metric, judged.filters)
        yield replace(target_blocks.course(judged), finding=said, evidence=why)
