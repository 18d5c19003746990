"""What is planted in the bundled sample is what the pages' own numbers find."""

import tomllib
from datetime import date
from pathlib import Path

import queries
from data import samples
from data.store import Store
from queries import Filters, themes

TRUTHS = tomllib.loads((Path(samples.__file__).parent / "truths.toml").read_text())["truth"]
LAUNCH = Filters(range="custom", start=date(2026, 3, 1), end=date(2026, 3, 31), channel=("chat",))
BEFORE = Filters(range="custom", start=date(2026, 2, 1), end=date(2026, 2, 28), channel=("chat",))


def between(truth: str, name: str) -> tuple[float, float]:
    low, high = next(one for one in TRUTHS if one["id"] == truth)["between"][name]
    return low, high


def value(name: str, filters: Filters, store: Store) -> float:
    return float(queries.answer(name, filters, store=store)["value"].iloc[0])


def by(name: str, dimension: str, store: Store, filters: Filters | None = None) -> dict[str, float]:
    found = queries.answer(name, filters or Filters(), dimension, store)
    return dict(zip(found["slice"], found["value"], strict=True))


def test_the_launch_floods_chat_and_makes_it_slower(sample: Store) -> None:
    low, high = between("launch_flood", "chats_a_day")
    assert low <= value("tickets_created", LAUNCH, sample) / 31 <= high
    low, high = between("launch_flood", "median_wait_minutes")
    assert low <= value("first_reply_time", LAUNCH, sample) <= high
    low, high = between("launch_flood", "median_wait_minutes_around")
    assert low <= value("first_reply_time", BEFORE, sample) <= high


def test_slow_answers_satisfy_less(sample: Store) -> None:
    steps = queries.view("csat_by_wait", store=sample)
    quick, slow = steps[steps["wait_to"] <= 240], steps[steps["wait_from"] > 240]
    mean = lambda part: (part["value"] * part["n"]).sum() / part["n"].sum()  # noqa: E731
    assert (
        between("slow_answers", "csat_within_four_hours")[0] <= mean(quick) <= between("slow_answers", "csat_within_four_hours")[1]
    )
    assert between("slow_answers", "csat_after_four_hours")[0] <= mean(slow) <= between("slow_answers", "csat_after_four_hours")[1]


def test_the_dissatisfied_leave_more(sample: Store) -> None:
    year = Filters(range="custom", start=date(2025, 11, 1), end=date(2026, 10, 31))
    found = queries.view("churn_by_satisfaction", year, store=sample).set_index(["kind", "answer"])
    assert found.loc[("csat", "bad"), "low"] > found.loc[("csat", "good"), "high"]
    assert found.loc[("nps", "detractor"), "low"] > found.loc[("nps", "promoter"), "high"]


def test_one_theme_rises(sample: Store) -> None:
    october = Filters(range="custom", start=date(2026, 10, 1), end=date(2026, 10, 31))
    before = Filters(range="custom", start=date(2025, 1, 1), end=date(2026, 6, 30))
    share = lambda filters: themes.table(filters, sample).set_index("theme")["share"]  # noqa: E731
    assert (share(october) / share(before)).idxmax() == "export_sync"


def test_one_survey_went_nearly_unanswered(sample: Store) -> None:
    rates = by("nps_response_rate", "survey", sample)
    low, high = between("quiet_wave", "response_rate")
    assert low <= rates.pop("NPS 2025 Q3") <= high
    assert min(rates.values()) > 3 * high / 2


def test_enterprise_customers_wait_less(sample: Store) -> None:
    waits = by("first_reply_time", "segment", sample, Filters(channel=("email", "web")))
    assert waits["Enterprise"] < 0.6 * waits["Small business"]


def test_billing_is_slow_on_mondays(sample: Store) -> None:
    written = Filters(hours="business", channel=("email", "web"), team=("Billing",))
    waits = by("first_reply_time", "weekday", sample, written)
    low, high = between("slow_mondays", "billing_monday_minutes")
    assert low <= waits["Monday"] <= high
    assert waits["Monday"] > 1.5 * waits["Wednesday"]
