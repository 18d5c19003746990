"""A metric is one file whose header is its definition: an incomplete header is an error that names the file."""

from __future__ import annotations

from pathlib import Path

import pytest

import queries
from queries.catalogue import HERE, BrokenHeader, read

FILES = sorted(HERE.glob("*.sql"))
GOOD = FILES[0].read_text()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_states_its_definition(path: Path) -> None:
    metric = read(path)
    assert metric.id in queries.METRICS
    assert metric.question.endswith("?")
    assert metric.sql
    assert len(metric.sql.splitlines()) <= 30
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
