"""Whatever form a report takes, it tells nothing that the page does not, and nothing in it is ever run."""

import re
from xml.sax.saxutils import unescape

import pandas as pd
import pytest

from data.workspace import shares
from pages.document import charts
from pages.document.blocks import Column, Evidence, Finding, Findings, Table, Tile, Tiles
from pages.document.report import Report
from pages.exports.registry import FORMS
from pages.report import serialise
from pages.report.redaction import safe
from pages.report.redaction_rules import Rules
from pages.screen.sharing import share_dialog
from pages.sharing import create, link_index
from queries import Filters
from tests.pages import reporting
from tests.reports import taking

HOSTILE = (
    "=cmd|'/c calc'!A1",
    "<script>alert(1)</script>",
    "<b>&amp;</b>",
    "long " * 400,
    "🎉 emoji 👩‍👩‍👧",
    "مرحبا بالعالم",
    "\u202ereversed\u202c",
    "\x00\x07\x1b[31m null",
    "]]>",
    "{=1+1}",
    "http://example.com/x",
    "",
    "\ufffe",
)


def hostile_report() -> Report:
    frame = pd.DataFrame({"slice": HOSTILE, "value": 40.0, "low": 30.0, "high": 50.0, "n": 100.0})
    weeks = frame.iloc[:2].assign(slice=["2026-01-05", "2026-01-12"])
    blocks = []
    for text in HOSTILE:
        blocks += [
            Tiles((Tile(text, text, small=(text,), answer=frame.iloc[:1], unit="percent"),), text, text),
            charts.dots(text, frame, unit="percent", by="team", finding=text, note=text, keep=30),
            charts.trend(text, {text: weeks, f"{text}2": weeks}, unit="minutes", by="week"),
            charts.distribution(text, frame, unit="count"),
            charts.bars(text, frame, unit="count", by="team"),
            Table(text, frame, {"slice": Column(text), "value": Column("Value", "percent")}, text),
            Findings(text, (Finding(text), Finding(text, "worse"))),
        ]
    return taking.made_of(*blocks, title=f"{HOSTILE[1]} a\ud800b")


@pytest.mark.parametrize("ending", FORMS)
def test_hostile_text_makes_a_file_that_opens_and_runs_nothing(ending):
    file = taking.printed(hostile_report(), ending)
    said = taking.everything(file, ending)
    assert "<script>" not in said if ending != "pdf" else "<script>alert(1)</script>" in said
    assert not re.search(r"<f[ >]", said)  # a formula in any sheet, those inside of charts too
    assert "hyperlink" not in re.sub(r'xmlns:\w+="[^"]*"|folHlink|hlink|[Hh]yperlink[sB]ase', "", said) or ending != "xlsx"
    if ending == "pptx":
        assert len(taking.charts(file)) == 4 * len(HOSTILE)


@pytest.mark.parametrize("ending", FORMS)
def test_small_cells_stay_hidden(ending):
    counts = {"chat": 300.0, "email": 200.0, "fax": 3.0, "phone": 4.0, "visit": 77.0}
    frame = pd.DataFrame({"slice": list(counts), "value": 41.0, "low": 30.0, "high": 50.0, "n": list(counts.values())})
    frame.loc[frame["n"] < 5, ["value", "low", "high"]] = [98.76, 91.11, 99.99]
    few = Tile("Rare", "98.76 %", small=("3 tickets",), answer=frame.iloc[2:3].reset_index(drop=True), unit="percent")
    table = Table("Sums", frame.assign(name=frame["slice"]), {"name": Column("Name"), "value": Column("V", "percent")}, counted="n")
    shown = [
        Tiles((few,)),
        charts.dots("By channel", frame, unit="percent", by="channel"),
        charts.bars("By channel, bars", frame, unit="percent", by="channel"),
        table,
    ]
    said = taking.everything(taking.printed(taking.made_of(*safe(shown, Rules())), ending), ending)
    assert not re.search(r"98\.7|91\.11|99\.99|98[.,]?8|\b99 %", said)
    assert "fewer than 5" in said
    assert "hidden" in said


@pytest.mark.parametrize("ending", FORMS)
def test_nobody_of_the_sample_is_in_it(sample, report, ending):
    said = unescape(taking.everything(taking.printed(report, ending), ending))
    with sample.cursor() as cursor:
        people = cursor.execute("select name, email from customers where name is not null limit 400").fetchall()
        subjects = cursor.execute("select distinct subject from tickets where length(subject) > 12 limit 400").fetchall()
        agents = cursor.execute("select distinct agent from tickets where agent is not null").fetchall()
    names = {text for row in [*people, *subjects, *agents] for text in row if text and len(text) > 5}
    assert len(names) > 100
    assert not [name for name in names if name in said]
    assert "@" not in re.sub(r"xmlns\S*|[\w.]+@[\w.]+\.odttf", "", said)


def test_a_gathered_report_comes_back_the_same(report):
    again = serialise.report(serialise.text(report))
    assert [section.question for section in again.sections] == [section.question for section in report.sections]
    assert taking.printed(again, "pdf") == taking.printed(report, "pdf")
    assert taking.sheets(taking.printed(again, "xlsx")) == taking.sheets(taking.printed(report, "xlsx"))


def test_what_is_kept_says_nothing_about_filters_on_people(sample):
    frame = pd.DataFrame({"slice": ["a"], "value": [1.0], "low": [1.0], "high": [1.0], "n": [9]})
    why = Evidence("csat", Filters(agent=("Nora Secret",)))
    chart = charts.dots("By agent", frame, unit="score", by="agent", evidence=why)
    assert "Nora Secret" not in serialise.text(taking.made_of(chart))


@pytest.mark.parametrize("said", ['{"$class":"Popen"}', '{"$class":"Chart"}', "[]", "null", '{"$class":"Report","title":1}'])
def test_nothing_but_a_report_comes_back(said):
    with pytest.raises((ValueError, TypeError)):
        serialise.report(said)


def test_a_shared_report_comes_in_every_form_until_it_is_withdrawn(sample):
    wish = share_dialog.Wish("Board", "", taking.EVERYTHING[:2], 3, "", False)
    token = create.frozen(wish, reporting.visit(sample, range="last-90d"))
    share = link_index.of(sample).find(token)
    for form in FORMS.values():
        assert create.again(sample, share, form)
    link_index.of(sample).revoke(share)
    assert not shares.numbers_file(sample, share.id).exists()
    assert create.again(sample, share, FORMS["pdf"]) is None
