"""Every view runs on nothing, and tells the little world right."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import queries
from data.derived import facts
from data.store import Store
from queries import engine, themes
from queries.dimensions import UnknownDimension
from queries.filters import Filters
from queries.headers import BrokenHeader
from queries.views import HERE, UnknownView, read, views

MARCH = Filters(range="this-month")
TELCO = Path(__file__).parents[3] / "shared" / "samples" / "customers" / "telco_customer_churn_7043.csv"


@pytest.mark.parametrize("name", views())
@pytest.mark.parametrize(
    "filters", [Filters(), Filters(range="last-90d", channel=("email",), theme=("refunds",), hours="business")]
)
def test_every_view_runs_on_an_empty_store(empty: Store, name: str, filters: Filters) -> None:
    known = {*filters.parameters(None), "before_start", "before_end"}
    own = {placeholder: None for placeholder in re.findall(r"\$([a-z_]+)", views()[name].sql) if placeholder not in known}
    assert queries.view(name, filters, store=empty, **own).empty


def test_wait_heatmap(world: Store) -> None:
    found = queries.view("wait_heatmap", MARCH, store=world)
    assert found.values.tolist()[0] == ["Monday", 9, 2, 15.0, 2]
    assert found["tickets"].sum() == 6
    assert found["weekday"].tolist() == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


def test_reply_curve_steps_down_at_each_reply(world: Store) -> None:
    found = queries.view("reply_curve", MARCH, store=world)
    # Replies after 10 20 30 40 60 minutes; the sixth had waited 60 when the data ends, so at 60 one of two is answered.
    assert found["minutes"].tolist() == [0, 10, 20, 30, 40, 60]
    assert found["share"].round(1).tolist() == [100, 83.3, 66.7, 50, 33.3, 16.7]
    sliced = queries.view("reply_curve", MARCH, "channel", world)
    assert set(sliced["slice"]) == {"email", "chat"}


def test_solved_curve_stays_level_while_somebody_waits(world: Store) -> None:
    found = queries.view("solved_curve", Filters(channel=("chat",)), store=world)
    assert found["minutes"].tolist() == [0, 120, 1440]
    assert found["share"].tolist() == [100, 50, 0]


def test_curves_are_thinned_to_200_points(empty: Store) -> None:
    with empty.writing() as cursor:
        cursor.execute(
            "insert into tickets by name select 'desk' as source, i::varchar as id, 'solved' as status, timestamp '2024-01-01' "
            "+ to_minutes(i::integer) as created_at, created_at + to_minutes((i * 7919 % 5000)::integer) as first_reply_at, "
            "case when i % 3 = 0 then 'chat' else 'email' end as channel from range(5000) t(i)"
        )
        facts.rebuild(cursor)
    found = queries.view("reply_curve", by="channel", store=empty)
    assert found.groupby("slice").size().between(150, 200).all()
    assert found.groupby("slice")["share"].is_monotonic_decreasing.all()


def test_open_ages_count_what_is_open_now(world: Store) -> None:
    found = queries.view("open_ages", Filters(range="custom", start=pd.Timestamp("2024-02-01").date()), store=world)
    assert found[["band", "tickets"]].values.tolist() == [
        ["< 1 day", 1],
        ["1-3 days", 0],
        ["3-7 days", 0],
        ["1-4 weeks", 0],
        ["> 4 weeks", 0],
    ]


def test_score_distribution(world: Store) -> None:
    found = queries.view("score_distribution", store=world)[["kind", "scale", "score", "n"]].values.tolist()
    assert found == [["csat", 5, 1, 1], ["csat", 5, 2, 1], ["csat", 5, 5, 2], ["nps", 10, 3, 1], ["nps", 10, 10, 1]]


def test_longest_waiting_and_slowest_answered(world: Store) -> None:
    assert queries.view("longest_waiting", store=world)["id"].tolist() == ["6"]
    assert queries.view("slowest_answered", MARCH, store=world)[["id", "waited"]].values.tolist()[0] == ["5", 60]
    assert queries.view("slowest_answered", Filters(agent=("nobody",)), store=world).empty


def test_churn_reasons_are_those_of_the_period(world: Store) -> None:
    assert queries.view("churn_reasons", MARCH, store=world)[["reason", "n"]].values.tolist() == [["price", 1]]
    assert queries.view("churn_reasons", Filters(range="last-month"), store=world).empty


def test_retention_curve_and_cohorts(world: Store) -> None:
    found = queries.view("retention_curve", store=world)
    assert found["share"].iloc[0] == 100
    assert found["at_risk"].iloc[0] == 4
    assert found["months"].iloc[1] == pytest.approx(48 / 30.436875, rel=1e-3)  # Cy: 20 January to 8 March
    assert found["share"].iloc[1:3].round(2).tolist() == [66.67, 33.33]  # of three then left, of two
    cohorts = queries.view("cohorts", store=world)
    assert cohorts.values.tolist()[:2] == [["2024-01", 0, 100, 3], ["2024-01", 1, 100, 3]]


@pytest.mark.skipif(not TELCO.exists(), reason=f"the Telco file is not beside this checkout ({TELCO.name})")
def test_retention_curve_of_a_file_without_dates(empty: Store) -> None:
    with empty.writing() as cursor:
        cursor.execute(
            "insert into customers by name select 'crm' as source, customerID as id, tenure::double as tenure_months, "
            "Churn::varchar in ('Yes', 'true') as churned from read_csv(?)",
            [str(TELCO)],
        )
        facts.rebuild(cursor)
    found = queries.view("retention_curve", store=empty).set_index("months")["share"]
    assert [round(found[month], 2) for month in (12, 24, 72)] == [84.32, 78.87, 59.28]


def test_lost_customers_with_their_last_words(world: Store) -> None:
    found = queries.view("lost_customers", MARCH, store=world)
    assert found["customer"].tolist() == ["c", "b"]
    bo = found.iloc[1]
    assert (bo["tickets"], bo["last_csat"], bo["last_csat_good"]) == (1, 2, False)
    assert pd.isna(bo["last_nps"])


def test_churn_by_satisfaction(world: Store) -> None:
    found = queries.view("churn_by_satisfaction", MARCH, store=world).set_index(["kind", "answer"])
    assert found.loc[("csat", "bad"), ["value", "n"]].tolist() == [100, 1]  # Bo
    assert found.loc[("csat", "good"), ["value", "n"]].tolist() == [0, 2]  # Ann, whose newest answer was good, and Di
    assert found.loc[("csat", "none"), ["value", "n"]].tolist() == [100, 1]  # Cy
    assert found.loc[("csat", "good"), "high"] == pytest.approx(65.76, abs=0.01)


def test_csat_by_wait_keeps_equal_waits_together(empty: Store) -> None:
    with empty.writing() as cursor:
        cursor.execute(
            "insert into tickets by name select 'desk' as source, i::varchar as id, 'solved' as status, timestamp '2024-01-01' "
            "as created_at, case when i < 15 then 5 else i end as first_reply_minutes, case when i < 50 then 5 else 1 end as "
            "csat_score, 5 as csat_scale from range(100) t(i)"
        )
        facts.rebuild(cursor)
    found = queries.view("csat_by_wait", store=empty)
    assert found["n"].tolist() == [15, 5, 10, 10, 10, 10, 10, 10, 10, 10]
    assert found["value"].tolist() == [100, 100, 100, 100, 100, 0, 0, 0, 0, 0]


def test_theme_table(world: Store) -> None:
    found = themes.table(MARCH, world).set_index("theme")
    refunds = found.loc["refunds"]
    assert refunds["title"] == "Refunds"
    assert (refunds["tickets"], round(refunds["share"], 2)) == (4, 66.67)  # spam is in neither
    assert (refunds["tickets_before"], refunds["change"]) == (0, 0) or pd.isna(refunds["change"])
    assert (refunds["csat"], refunds["csat_n"], refunds["effect"]) == (0, 2, -100)
    assert refunds["effect_low"] <= refunds["effect"] < refunds["effect_high"] < 0
    assert (refunds["nps"], refunds["nps_n"]) == (-100, 1)
    assert (refunds["first_reply"], refunds["first_reply_n"]) == (20, 4)
    assert found.loc["login", "csat"] == 100


def test_the_impact_of_a_theme_is_what_csat_would_be_without_it(world: Store) -> None:
    whole = queries.answer("csat", MARCH, store=world).iloc[0]
    refunds = themes.table(MARCH, world).set_index("theme").loc["refunds"]
    rest = whole["n"] - refunds["csat_n"]
    without = (whole["value"] * whole["n"] - refunds["csat"] * refunds["csat_n"]) / rest
    assert refunds["impact"] == pytest.approx(whole["value"] - without)
    assert refunds["impact_low"] <= refunds["impact"] < refunds["impact_high"] < 0


def test_themes_that_hurt_or_rise_are_judged_together() -> None:
    """Twenty themes are looked at: one that stands out once in fifty times is no news, one that does once in a million is."""
    chance = {"effect": -8.5, "effect_low": -15.7, "effect_high": -1.3, "tickets": 130, "tickets_before": 100}  # p .02, p .048
    sure = {"effect": -20.0, "effect_low": -27.0, "effect_high": -13.0, "tickets": 300, "tickets_before": 100}
    still = {"effect": 1.0, "effect_low": -9.0, "effect_high": 9.0, "tickets": 100, "tickets_before": 100}
    alone, among = pd.DataFrame([chance]), pd.DataFrame([chance, sure, *[still] * 18])
    assert themes.hurting(alone).tolist() == [True]
    assert themes.rising(alone).tolist() == [True]
    assert themes.hurting(among).tolist() == themes.rising(among).tolist() == [False, True, *[False] * 18]


def test_a_longer_month_is_no_rise() -> None:
    found = pd.DataFrame([{"tickets": 3100, "tickets_before": 2800}])
    assert themes.rising(found).tolist() == [True]
    assert themes.rising(found, 31, 28).tolist() == [False]


def test_the_period_before_is_the_one_compared_with(world: Store) -> None:
    weeks = Filters(range="custom", start=pd.Timestamp("2024-03-02").date(), end=pd.Timestamp("2024-03-08").date())
    refunds = themes.table(weeks, world).set_index("theme").loc["refunds"]
    assert (refunds["tickets"], refunds["tickets_before"], refunds["change"]) == (4, 1, 300)


def test_theme_table_honours_filters(world: Store) -> None:
    assert themes.table(Filters(channel=("chat",)), world).set_index("theme")["tickets"].to_dict()["refunds"] == 1


def test_quotes_name_the_theme_themselves_and_no_person(world: Store) -> None:
    found = themes.quotes("refunds", store=world)
    assert found["comment"].tolist() == [
        "Still no refund!",
        "I never got my refund, call [phone]",
    ]  # .25 and .3 of the way up their scales
    assert themes.quotes("refunds", store=world, worst_first=False)["score"].tolist() == [3, 2]
    assert themes.quotes("waiting", store=world)["comment"].tolist() == ["Took ages, write me at [e-mail]. [name]"]
    with pytest.raises(themes.UnknownTheme):
        themes.quotes("nonsense", store=world)


def test_newcombe_known_answer(empty: Store) -> None:
    engine.opened(empty)
    with empty.cursor() as cursor:
        low, high = cursor.execute("select newcombe_low(56, 70, 48, 80), newcombe_high(56, 70, 48, 80)").fetchone() or (0, 0)
    assert (round(low, 2), round(high, 2)) == (5.24, 33.39)


def test_views_say_what_is_wrong(empty: Store, tmp_path: Path) -> None:
    with pytest.raises(UnknownView):
        queries.view("nonsense", store=empty)
    with pytest.raises(UnknownDimension):
        queries.view("cohorts", by="segment", store=empty)
    (tmp_path / "x.sql").write_text("-- title: X\nselect 1")
    with pytest.raises(BrokenHeader, match=r"x\.sql: 'rows' is missing"):
        read(tmp_path / "x.sql")
    (tmp_path / "x.sql").write_text("-- title: X\n-- rows: tickets\n-- event: closed_at\nselect 1")
    with pytest.raises(BrokenHeader, match="event is 'closed_at', must be one of replied_at, solved_at"):
        read(tmp_path / "x.sql")


def test_a_view_is_tagged_because_it_says_so_and_not_by_its_name(
    empty: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same SQL under another name answers the same."""
    with empty.writing() as cursor:
        cursor.execute(
            "insert into tickets by name select 'desk' as source, '1' as id, 'solved' as status, 'refund please' as subject"
        )
        facts.rebuild(cursor)
    copy = tmp_path / "coverage.sql"
    copy.write_text((HERE / "theme_coverage.sql").read_text())
    monkeypatch.setattr(queries.views, "views", lambda: {"coverage": read(copy)})
    assert queries.view("coverage", store=empty).values.tolist() == [[100, 1]]


def test_nonresponse_counts_the_asked_the_answered_and_both_ends(world: Store) -> None:
    with world.cursor() as cursor:
        raw = cursor.execute("select kind, answered, positive, nps_group from answers where offered").df()
    for kind, found in queries.view("nonresponse", store=world).set_index("kind").iterrows():
        mine = raw[raw["kind"] == kind]
        assert found["asked"] == len(mine)
        assert found["answered"] == mine["answered"].sum()
        assert found["up"] == (mine["positive"].eq(True) | mine["nps_group"].eq("promoter")).sum()
        assert found["down"] == mine["nps_group"].eq("detractor").sum()


def test_response_by_service_has_four_equal_groups_by_wait(empty: Store) -> None:
    with empty.writing() as cursor:
        cursor.execute(
            "insert into tickets by name select 'desk' as source, i::varchar as id, 'solved' as status, timestamp '2024-01-01' "
            "as created_at, i + 1 as first_reply_minutes, i % 10 as reopens, true as csat_offered, "
            "case when i < 30 then 5 end as csat_score, 5 as csat_scale from range(100) t(i)"
        )
        facts.rebuild(cursor)
    found = queries.view("response_by_service", store=empty, kind="csat").set_index(["about", "quarter"])
    assert found.loc["wait", ["n", "value"]].values.tolist() == [[25, 100], [25, 20], [25, 0], [25, 0]]
    assert found.loc["wait", ["wait_from", "wait_to"]].values.tolist() == [[1, 25], [26, 50], [51, 75], [76, 100]]
    assert found.loc["reopened", "n"].tolist() == [90]
    assert found.loc["solved once", "value"].tolist() == [30]


@pytest.mark.parametrize(("view", "column"), [("reply_shift", "first_reply_minutes"), ("solved_shift", "resolution_minutes")])
def test_a_curve_that_moved_is_told_from_one_that_did_not(view: str, column: str, empty: Store) -> None:
    with empty.writing() as cursor:
        cursor.execute(
            "insert into tickets by name select 'desk' as source, i::varchar as id, 'solved' as status, "
            "timestamp '2024-02-01' + to_hours(i::integer * 10) + interval 1 minute as created_at, "
            f"case when i < 70 then 100 + i else 10 + i % 60 end as {column} from range(140) t(i)"
        )
        facts.rebuild(cursor)
    (march,) = queries.view(view, MARCH, store=empty).to_dict("records")
    assert march["observed"] > march["expected"]
    assert march["chi_squared"] > 50
    same = Filters(range="custom", start=date(2024, 2, 1), end=date(2024, 2, 7))
    assert queries.view(view, same, store=empty).empty, "nothing came before"


def test_churn_by_service_counts_every_customer_of_the_base_once_a_group(world: Store) -> None:
    found = queries.view("churn_by_service", store=world).set_index("about")
    with world.cursor() as cursor:
        spells = cursor.execute("select count(distinct customer) from spells").fetchone()[0]
    waited = found.loc[["wait"], "n"].sum() if "wait" in found.index else 0
    without = found.loc[["no ticket"], "n"].sum() if "no ticket" in found.index else 0
    assert without + waited <= spells
    told = found.loc[found.index.intersection(["solved at once", "a ticket was reopened"]), "n"].sum()
    assert told <= spells - without


def test_the_slow_served_leave_more_where_they_do(empty: Store) -> None:
    with empty.writing() as cursor:
        cursor.execute(
            "insert into customers by name select 'crm' as source, 'c' || i as id, timestamp '2024-01-01' as created_at, "
            "case when i >= 30 then timestamp '2024-03-10' end as churned_at from range(40) t(i)"
        )
        cursor.execute(
            "insert into tickets by name select 'desk' as source, i::varchar as id, 'solved' as status, 'c' || i as customer_id, "
            "timestamp '2024-02-01' as created_at, 1 + i as first_reply_minutes, 0 as reopens from range(40) t(i)"
        )
        facts.rebuild(cursor)
    march = Filters(range="custom", start=date(2024, 3, 1), end=date(2024, 3, 31))
    found = queries.view("churn_by_service", march, store=empty).set_index(["about", "quarter"])
    assert found.loc["wait", ["wait_to", "value", "n"]].values.tolist() == [[10, 0, 10], [20, 0, 10], [30, 0, 10], [40, 100, 10]]
    assert found.loc["solved at once", "value"].tolist() == [25]
    (matched,) = queries.view("matched", march, store=empty).to_dict("records")
    assert matched == {"customers": 40, "with_tickets": 40, "with_answers": 0}


def test_at_risk_are_those_still_here_who_were_last_unhappy(world: Store) -> None:
    found = queries.view("at_risk", MARCH, store=world)
    lost = set(queries.view("lost_customers", MARCH, store=world)["customer"])
    assert not lost & set(found["customer"])
    assert all(row["last_csat"] < 4 or row["last_nps"] <= 6 for _, row in found.iterrows())
