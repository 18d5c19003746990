"""Every file under queries/helpdesks is one helpdesk; what stands in it is complete, and says where it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from queries import METRICS, helpdesks
from queries.helpdesks import CHOICES, METRIC, OURS, RULES, UNKNOWN, BrokenHelpdesk

FILES = sorted(helpdesks.HERE.glob("*.toml"))
ASKED_FOR = {"zendesk", "freshdesk", "intercom", "gorgias", "helpscout", "chatwoot"}


def test_the_helpdesks_managers_ask_about_are_there() -> None:
    assert {path.stem for path in FILES} >= ASKED_FOR


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_helpdesk_says_where_each_number_is_written_and_how_it_was_checked(path: Path) -> None:
    one = helpdesks.read(path)
    assert one.title
    assert one.formats
    for number in one.numbers.values():
        assert number.source.startswith("https://")
        assert len(number.verified) > 20
        assert number.explains
        assert all(sentence.endswith(".") for sentence in (*number.explains, number.verified))
        assert {*number.unverified} <= {rule for rule, choice in number.rules.items() if choice != UNKNOWN}
    assert all(sentence.endswith(".") for sentence in one.none.values())


def test_our_own_rules_are_choices_too_and_belong_to_metrics() -> None:
    for number, rules in OURS.items():
        assert METRIC[number] in METRICS
        assert {*rules} | {"hours"} >= {*RULES[number]}
        assert all(choice in CHOICES[rule] for rule, choice in rules.items())
    assert {metric.compared_by for metric in METRICS.values()} == {"", *RULES}


GOOD = FILES[-1].read_text("utf-8")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('statistic = "median"', 'statistic = "mode"', "statistic is 'mode'"),
        ('touch = "reply"\n', "", "'touch' is missing"),
        ('touch = "reply"', 'touch = "reply"\nmood = "good"', "unknown key 'mood'"),
        ("[numbers.csat]", "[numbers.nps]", "no number 'nps'"),
        ("[none]\nreply_time", "[none]\ncsat", "belongs under numbers or under none"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(before: str, after: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    assert before in GOOD
    path.write_text(GOOD.replace(before, after, 1), "utf-8")
    with pytest.raises(BrokenHelpdesk, match=rf"odd\.toml: .*{said}"):
        helpdesks.read(path)
