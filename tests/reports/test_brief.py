"""The brief says what the numbers force, the same each time, and nothing about anybody."""

from dataclasses import replace
from xml.sax.saxutils import escape

import pytest

import queries
from pages import context
from pages.content import brief, changes
from pages.context import Context
from pages.document.blocks import Finding, Findings
from pages.document.report import Plan
from pages.menu import FOLDER
from pages.report import gather
from queries import decomposition
from queries.significance import Change
from tests.pages import reporting
from tests.reports import taking

BRIEF = next(entry for entry in taking.EVERYTHING if entry.path == "brief")


def said(look: Context) -> dict[str, tuple[Finding, ...]]:
    with context.of(look):
        return {block.title: block.findings for block in brief.blocks()}


def spoken(look: Context) -> list[str]:
    return [one.sentence for found in said(look).values() for one in found]


def moved(name: str, now: float, before: float, direction: str, n: float = 500.0) -> changes.Moved:
    change = Change(now, before, now - before, now - before - 1, now - before + 1, direction)  # type: ignore[arg-type]
    return changes.Moved(queries.metric(name), change, direction not in ("noise", "unknown"), n)


@pytest.mark.parametrize("period", ["last-90d", "last-12m", "last-month", "all"])
def test_it_is_the_same_each_time(sample, period):
    assert spoken(reporting.visit(sample, range=period)) == spoken(reporting.visit(sample, range=period)) != []


def test_every_number_of_the_overview_is_told_with_its_own_value(sample):
    look = reporting.visit(sample, range="last-12m")
    found = said(look)
    told = [*found["What changed, and why"], *found["What did not clearly change"]]
    for name in ("first_reply_time", "resolution_time", "csat", "nps", "backlog"):
        own = [one for one in told if one.evidence and one.evidence.metric == name]
        value = queries.answer(name, look.filters, store=sample)["value"].iloc[0]
        assert any(brief.number_format.show(value, queries.metric(name).unit, own[0].n) in one.sentence for one in own), name


def test_each_sentence_about_a_number_leads_to_it(sample):
    look = reporting.visit(sample, range="last-12m")
    for title, found in said(look).items():
        for one in found:
            assert (one.evidence is None) == (title == "In one sentence"), one.sentence
    page = reporting.html(gather.report(Plan("Brief", "", (BRIEF,), reporting.date(2026, 11, 22)), look))
    links = {part.partition('"')[0] for part in page.split('href="#counted-')[1:]}
    assert len(links) > 8
    assert all(f'id="counted-{name}"' in page for name in links)


def test_only_what_is_more_than_chance_has_changed(sample, monkeypatch):
    found = [moved("csat", 80, 84, "worse"), moved("nps", 20, 19, "noise"), moved("first_reply_time", 60, 30, "worse")]
    monkeypatch.setattr(changes, "moved", lambda: found)
    told = said(reporting.visit(sample, range="last-90d"))
    assert told["In one sentence"][0].sentence.startswith("2 of 3 numbers moved more than chance against the 90 days before: ")
    assert [one.sentence for one in told["What did not clearly change"]] == [
        "NPS: +20, no clear change from the 90 days before (+19)."
    ]
    changed = [one.sentence for one in told["What changed, and why"]]
    assert "CSAT is 80 %, 4 points lower than the 90 days before (84 %). More than chance." in changed


def test_what_has_no_interval_is_not_judged(sample, monkeypatch):
    found = [moved("backlog", 158, 93, "unknown"), moved("nps", 0, 22, "unknown", 6), moved("csat", 80, 80, "noise")]
    monkeypatch.setattr(changes, "moved", lambda: found)
    told = said(reporting.visit(sample, range="last-90d"))
    assert told["In one sentence"][0].sentence == "Nothing moved more than chance: 1 numbers, held against the 90 days before."
    sentences = [one.sentence for one in told["What did not clearly change"]]
    assert "Open tickets: 158, 93 before. Counted whole, not judged." in sentences
    assert "NPS: too few answers to say." in sentences


def test_reasons_go_the_way_of_the_change_and_name_no_agent(sample):
    for period in ("last-12m", "last-90d", "this-year", "last-28d"):
        for one in said(reporting.visit(sample, range=period)).get("What changed, and why", ()):
            assert not one.sentence.startswith("Why") or (one.evidence and one.evidence.by not in brief.PERSONAL)
            assert "may be chance" not in one.sentence


def test_an_agent_is_never_the_reason_even_where_that_tells_most(sample, monkeypatch):
    look = reporting.visit(sample, range="last-12m")
    for by, named in (("agent", False), ("channel", True)):
        split = decomposition.split("resolution_within_target", by, look.filters, sample)
        change = Change(76, 70, 6, 5, 7, "better")
        monkeypatch.setattr(decomposition, "most_telling", lambda *_, split=split, change=change: [replace(split, change=change)])
        monkeypatch.setattr(brief, "WORTH", 0.0)
        with context.of(look):
            assert bool(list(brief._because(queries.metric("resolution_within_target")))) == named


def test_without_a_period_to_compare_nothing_has_changed(sample):
    told = said(reporting.visit(sample, range="all"))
    assert told["In one sentence"][0].sentence == brief.ALONE
    assert "What changed, and why" not in told


def test_themes_are_names_and_counts_without_a_word_of_anybody(sample):
    look = reporting.visit(sample, range="last-90d")
    found = {one.sentence for one in said(look)["What customers say"]}
    counts = queries.themes.table(look.filters, sample)
    first = counts.iloc[0]
    assert any(f"{first['title']}: {first['tickets']:,} tickets" in sentence for sentence in found)
    assert not any(one.quote for one in said(look)["What customers say"])


@pytest.mark.parametrize("ending", ["pptx", "xlsx", "pdf"])
def test_it_is_printed_in_every_form(sample, ending):
    plan = Plan("The month", "", (BRIEF,), reporting.date(2026, 11, 22))
    found = gather.report(plan, reporting.visit(sample, range="last-90d"))
    text = " ".join(taking.everything(taking.printed(found, ending), ending).split())
    assert "Nothing moved more than chance" in text
    written = [" ".join(one.sentence.split()) for block in taking.blocks(found, Findings) for one in block.findings]
    assert not [one for one in written if (one if ending == "pdf" else escape(one)) not in text]


def test_an_empty_workspace_has_nothing_to_tell(empty):
    look = replace(reporting.visit(empty), filters=queries.Filters(range="last-90d"))
    assert [type(block).__name__ for block in taking.collect(FOLDER / "16_brief.py", look)] == ["Notice"]
