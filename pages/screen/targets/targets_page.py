"""The page of promises: each with its verdict, its course, what broke it, and for managers the ways to change and end it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape

import streamlit as st

import queries
from data.store import Store
from data.workspace import targets
from data.workspace.targets import Promise, Target
from pages import context
from pages.content import addresses, target_blocks
from pages.content.target_blocks import TALL, course
from pages.document import figures, markup, number_format, tiles
from pages.document.blocks import Evidence
from pages.screen import evidence_dialog, rows_table, theme
from pages.screen.targets import target_form
from queries import row_search, target_verdicts
from queries.row_search import MOST, SHOWN
from queries.target_verdicts import Judged

CONTROLS = {"displayModeBar": False, "responsive": True}
NOTHING = "Nothing is promised yet"
START = "Say what customers may count on; from then on it says here whether it is kept. Three to start with:"
MORE = "What others often promise, with one click:"
# Not corrected for being many, unlike changes: nothing is picked out of many here, for every promise has its verdict on the page,
# and it must be the same whatever else somebody promised. A change is often none at all, and then every find is a false one; a
# goal is seldom hit to the point, and only then is a verdict against the truth as likely as one in forty.
APART = (
    "Each promise is judged by itself, by its own 95 % interval: what else is promised makes it neither better nor worse kept. "
    "One kept by a hair's breadth is still called not met about once in forty times, and so is a single week."
)
LOOKING = "Nothing is promised yet. A manager can say here what customers may count on."
STARTS = (Promise("first_reply_time", 90.0, 240.0), Promise("resolution_time", 50.0, 1440.0), Promise("csat", 85.0))
SIGNS = {"met": "✓", "missed": "✕", "unclear": "?", "none": "–"}


def standing() -> None:
    """The promises that hold, those that were missed first."""
    now = context.current()
    known = [one for one in targets.every(now.store) if not ended(one)]
    if not known:
        _nothing(now.store)
        return
    found = target_verdicts.judge_all(now.filters, now.store, now.heartbeat, known)
    for judged in sorted(found, key=lambda one: target_blocks.ORDER.index(one.verdict)):
        _judged(judged)
    if len(found) > 1:
        st.html(markup.note(APART))
    seen = {judged.target.id for judged in found}
    for target in known:
        if target.id not in seen:
            _unjudged(target)


def another() -> None:
    """Promise something more; for managers."""
    now = context.current()
    if not now.reader.manages:
        return
    known = [one for one in targets.every(now.store) if not ended(one)]
    with st.container(border=True, key="card-promise-new", gap="small"):
        open_still = [at for at, promise in enumerate(STARTS) if not _taken(promise, known)] if known else []
        st.html(markup.titled("Make a promise", MORE if open_still else ""))
        if open_still:
            with st.container(horizontal=True, gap="small", key="promise-starts"):
                _offered(now.store, open_still)
        target_form.new(now.store)


def _taken(promise: Promise, known: list[Target]) -> bool:
    """Whether something is promised about this number for everybody; a promise to some leaves room for it."""
    held = [one.newest.promise for one in known]
    return any(one.metric == promise.metric and not one.scope for one in held)


def _offered(store: Store, places: Iterable[int]) -> None:
    for at in places:
        label, key = target_blocks.sentence(STARTS[at]), f"promise-start-{at}"
        st.button(label, icon=":material/add:", key=key, on_click=target_form.add, args=(store, STARTS[at]))


def past() -> None:
    """What was promised once and is no more, with when it held."""
    now = context.current()
    gone = [one for one in targets.every(now.store) if ended(one)]
    if not gone:
        return
    with st.expander("Promises of the past", key="promises-past"):
        for target in gone:
            with st.container(horizontal=True, vertical_alignment="center", key=f"past-{target.id}"):
                st.html(_listed(target_blocks.held(target)))
                if now.reader.manages:
                    st.button(
                        "Forget", key=f"forget-{target.id}", type="tertiary", on_click=targets.forget, args=(now.store, target)
                    )


def ended(target: Target) -> bool:
    """Whether its last day is over, as far as the data goes."""
    today = context.current().today
    return target.newest.until is not None and (today is None or target.newest.until <= today)


def _nothing(store: Store) -> None:
    if not context.current().reader.manages:
        st.html(markup.note(LOOKING))
        return
    with st.container(border=True, key="card-promise-start", gap="small"):
        st.html(markup.titled(NOTHING, START))
        _offered(store, range(len(STARTS)))


def _judged(judged: Judged) -> None:
    with st.container(border=True, key=f"card-target-{judged.target.id}", gap="small"):
        words, drawing = st.columns([5, 4], vertical_alignment="top")
        with words:
            st.html(_head(judged.verdict, judged.version.promise, target_blocks.found(judged), target_blocks.breach(judged)))
            _ways(judged.target, judged)
        with drawing:
            _course(judged)
        _folds(judged.target, judged)


def _unjudged(target: Target) -> None:
    """A promise that has not begun, or that is about other rows than the filters let through."""
    now, begins = context.current(), target.versions[0].since
    later = begins is not None and now.today is not None and begins > now.today
    why = f"Holds from {number_format.day(begins)}." if later and begins else "Not about anything in this selection."
    with st.container(border=True, key=f"card-target-{target.id}", gap="small"):
        st.html(_head("none", target.newest.promise, why))
        _ways(target, None)
        _folds(target, None)


def _head(verdict: str, promise: Promise, *lines: str) -> str:
    colour, word = target_blocks.COLOURS[verdict], target_blocks.WORDS[verdict]
    mark = f'<p class="tg-mark tg-{verdict} dp-{colour}"><i aria-hidden="true">{SIGNS[verdict]}</i>{word}</p>'
    said = "".join(f'<p class="tg-line{"" if at else " tg-found"}">{escape(line)}</p>' for at, line in enumerate(lines) if line)
    return f'<div class="tg-head">{mark}<h3 class="dp-title">{escape(target_blocks.sentence(promise))}</h3>{said}</div>'


def _course(judged: Judged) -> None:
    chart = course(judged)
    if figures.is_empty(chart):
        return
    figure = figures.figure(chart, theme.current()).update_layout(height=TALL)
    st.plotly_chart(figure, key=f"course-{judged.target.id}", theme=None, config=CONTROLS, alt=chart.title)


def _ways(target: Target, judged: Judged | None) -> None:
    """The way to the rows; changing is for managers."""
    now = context.current()
    with st.container(horizontal=True, key=f"ways-{target.id}", gap="small", vertical_alignment="center"):
        if judged is not None and judged.n:
            one, many = tiles.COUNTED[queries.metric(judged.version.promise.metric).rows]
            st.html(markup.way(f"All {number_format.count(judged.n, one, many)}", _onward(judged)))
            why = Evidence(judged.version.promise.metric, judged.filters)
            evidence_dialog.opener(why, now.store, now.reader, f"target-{target.id}", "Evidence")
        if now.reader.manages:
            with st.popover("Change", type="tertiary", key=f"change-{target.id}"):
                target_form.change(now.store, target)
            with st.popover("End", type="tertiary", key=f"end-{target.id}"):
                target_form.end(now.store, target)


def _folds(target: Target, judged: Judged | None) -> None:
    """What broke it, and what held when: worked out when somebody opens it."""
    if judged is not None and judged.verdict != "none" and breaking(judged) is not None:
        opened = st.expander(_called(judged), key=f"broke-{target.id}", on_change="rerun")
        if opened.open:
            with opened:
                _broken(judged)
    if len(target.versions) > 1:
        with st.expander("What held when", key=f"held-{target.id}"):
            st.html(_listed(target_blocks.held(target)))


def breaking(judged: Judged) -> int | None:
    """How many single rows broke it; None where that cannot be said of a single one."""
    promise = judged.version.promise
    single = target_verdicts.breakable(queries.metric(promise.metric)) and target_verdicts.unit(promise) == "percent"
    if promise.minutes is None and not single:
        return None
    missing = 100 - judged.value if target_verdicts.better(promise) == "higher" else judged.value
    return round(judged.n * missing / 100)


def _called(judged: Judged) -> str:
    one, many = tiles.COUNTED[queries.metric(judged.version.promise.metric).rows]
    return f"What did not keep it: {number_format.count(breaking(judged) or 0, one, many)}"


def _broken(judged: Judged) -> None:
    now, metric = context.current(), queries.metric(judged.version.promise.metric)
    asked = target_verdicts.broken(judged, for_everybody=not now.reader.sees_personal_data)
    found = row_search.page(asked, asked.worst, limit=SHOWN, store=now.store) if asked else None
    if asked is None or found is None or found.empty:
        st.html(markup.note("None in this selection."))
        return
    rows_table.show(metric, found, f"broke-{judged.target.id}")
    if len(found) == SHOWN:
        st.html(markup.note(f"The first {SHOWN}. The file holds up to {number_format.number(MOST)}."))
    file = rows_table.address(replace(asked, filters=now.filters), now.store, str(judged.target.id))
    st.link_button("All as CSV", file, icon=":material/download:", type="tertiary")


def _onward(judged: Judged) -> str:
    now = context.current()
    resolved = judged.filters.resolved(now.today)
    return addresses.onward("tickets", resolved, now.store.version(), behind=judged.version.promise.metric)


def _listed(lines: list[str]) -> str:
    return f'<ul class="tg-held">{"".join(_items(lines))}</ul>'


def _items(lines: list[str]) -> Iterator[str]:
    return (f"<li>{escape(line)}</li>" for line in lines)
