"""A metric is one file whose header is its definition: an incomplete header is an error that names the file."""

from __future__ import annotations

from pathlib import Path

import pytest

import queries
from queries.catalogue import HERE, PLACES, BrokenHeader, read
from queries.views import views

FILES = sorted(HERE.glob("*.sql"))
GOOD = FILES[0].read_text()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_states_its_definition(path: Path) -> None:
    metric = read(path)
    assert metric.id in queries.METRICS
    assert metric.question.endswith("?")
    assert len(metric.body.splitlines()) <= 30
    assert metric.clock
    assert metric.formula
    assert metric.needs
    if metric.band == "outcome" and metric.id in ("nps", "customer_churn", "retention", "revenue_churn", "revenue_per_account"):
        assert any("price, product and delivery" in said for said in metric.caveat)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("-- title:", "-- name:", 1), "unknown key 'name'"),
        (lambda text: "\n".join(line for line in text.splitlines() if not line.startswith("-- formula")), "'formula' is missing"),
        (lambda text: text.replace("-- better: lower", "-- better: sideways"), "better is 'sideways'"),
        (lambda text: "-- title: Twice\n" + text, "'title' is stated twice"),
        (
            lambda text: text.replace("-- estimate: mean", "-- estimate: average"),
            "estimate is 'average', must be one of share, mean",
        ),
        (lambda text: text.replace("-- estimate: mean", "-- estimate: time_by"), "has a part behind it: 'time_by 0.9'"),
        (lambda text: text.replace("-- estimate: mean", "-- estimate: time_by 90"), "must be a part between 0 and 1"),
        (lambda text: text.replace("-- estimate: mean", "-- estimate: time_by 0.9"), "'seen' belongs beside the measure"),
        (lambda text: text.replace("-- measure: agents\n", ""), "a measure or SQL under the header; there is neither"),
        (lambda text: text + "from tickets", "there is measure and SQL"),
        (lambda text: text.replace("-- estimate: mean", "-- estimate: own"), "'own' is made of SQL; there is measure"),
        (lambda text: text.replace("no agent known = coalesce(agents, 0) = 0", "no agent known"), "must be 'reason = condition'"),
        (lambda text: "-- event: closed_at\n" + text, "event is 'closed_at', must be one of replied_at, solved_at"),
        (lambda text: text.replace("-- place: compared 7", "-- place: compared first"), "place says 'first', must be a number"),
        (
            lambda text: text.replace("-- place: compared 7", "-- place: somewhere 7"),
            "place is 'somewhere', must be one of overview",
        ),
        (lambda text: "-- within: replied_within\n" + text, "what is promised within a limit needs 'promise'"),
    ],
)
def test_a_broken_header_names_the_file_and_the_key(change, said: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "broken.sql"
    path.write_text(change(GOOD))
    with pytest.raises(BrokenHeader, match=r"broken\.sql") as error:
        read(path)
    assert said in str(error.value)


def test_a_metric_answers_to_its_other_names_too() -> None:
    assert queries.metric("first_reply_time_within_target") is queries.metric("first_reply_within_target")


@pytest.mark.parametrize("metric", queries.METRICS.values(), ids=lambda metric: metric.id)
def test_a_header_names_only_metrics_and_views_that_there_are(metric: queries.Metric) -> None:
    assert {*metric.stands_in, metric.mirrors, metric.target} <= {"", *queries.METRICS}
    assert metric.within in ("", *views())


@pytest.mark.parametrize("place", PLACES)
def test_nobody_shares_a_place(place: str) -> None:
    taken = [metric.places[place] for metric in queries.METRICS.values() if place in metric.places]
    assert len(queries.placed(place)) == len(set(taken)) == len(taken) > 0
