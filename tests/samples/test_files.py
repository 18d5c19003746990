"""The files are complete, always the same, and agree with each other."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.samples import generate
from tests.samples.measures import FIRST_REPLY, SCORE, Files

ZENDESK = (
    "Summation column,Id,Requester,Requester id,Requester external id,Requester email,Requester domain,"
    "Submitter,Assignee,Group,Subject,Tags,Status,Priority,Via,Ticket type,Created at,Updated at,Assigned at,"
    "Organization,Due date,Initially assigned at,Solved at,Resolution time,Satisfaction Score,Group stations,"
    "Assignee stations,Reopens,Replies,First reply time in minutes,"
    "First reply time in minutes within business hours,First resolution time in minutes,"
    "First resolution time in minutes within business hours,Full resolution time in minutes,"
    "Full resolution time in minutes within business hours,Agent wait time in minutes,"
    "Agent wait time in minutes within business hours,Requester wait time in minutes,"
    "Requester wait time in minutes within business hours,On hold time in minutes,"
    "On hold time in minutes within business hours,Ticket Category [list],Status [list]"
)
OPEN = ["New", "Open", "Pending", "Hold"]
END = pd.Timestamp("2026-10-31 23:59:59")


def minutes(frame: pd.DataFrame, later: str, earlier: str) -> pd.Series:
    return (frame[later] - frame[earlier]).dt.total_seconds() // 60


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    one, two = generate(tmp_path / "one", scale=0.05), generate(tmp_path / "two", scale=0.05)
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_another_seed_writes_another_company(tmp_path: Path) -> None:
    one, two = generate(tmp_path / "one", scale=0.02), generate(tmp_path / "two", seed=8, scale=0.02)
    assert all(a.read_bytes() != b.read_bytes() for a, b in zip(one, two, strict=True))


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("zendesk_tickets", 28_000, 33_000),
        ("messages", 84_000, 99_000),
        ("csat_survey", 18_000, 24_000),
        ("nps_survey", 17_000, 23_000),
        ("customers", 4_000, 4_000),
        ("subscriptions", 4_200, 5_000),
    ],
)
def test_each_file_has_about_the_promised_rows(name: str, low: int, high: int, files: Files) -> None:
    assert low <= len(files[name]) <= high


def test_about_nine_to_ten_thousand_answers_to_both_surveys(files: Files) -> None:
    assert 8_000 <= files["csat_survey"]["Rating"].count() + files["nps_survey"][SCORE].count() <= 11_000


def test_the_tickets_have_zendesks_columns_and_the_first_message(paths: list[Path]) -> None:
    assert paths[0].read_text("utf-8").split("\n", 1)[0] == f"{ZENDESK},Description"


def test_everything_happens_within_the_two_years(files: Files) -> None:
    for name in ("zendesk_tickets", "messages", "csat_survey", "nps_survey"):
        stamps = files[name].select_dtypes("datetime")
        assert stamps.min().min() >= pd.Timestamp("2024-11-01")
        assert stamps.max().max() <= END


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("zendesk_tickets", "Id"), ("messages", "Message ID"), ("csat_survey", "Response ID"), ("csat_survey", "Ticket ID"),
        ("nps_survey", "Response ID"), ("customers", "Customer ID"), ("customers", "Email"), ("customers", "Company"),
        ("subscriptions", "Subscription ID"),
    ],
)  # fmt: skip
def test_keys_are_unique(name: str, key: str, files: Files) -> None:
    assert files[name][key].is_unique


def test_every_reference_leads_somewhere(files: Files) -> None:
    tickets, customers = files["zendesk_tickets"], files["customers"]
    assert tickets["Requester id"].isin(customers["Customer ID"]).all()
    assert files["messages"]["Ticket ID"].isin(tickets["Id"]).all()
    assert tickets["Id"].isin(files["messages"]["Ticket ID"]).all()
    assert files["csat_survey"]["Ticket ID"].isin(tickets["Id"]).all()
    assert files["subscriptions"]["Customer ID"].isin(customers["Customer ID"]).all()
    assert customers["Customer ID"].isin(files["subscriptions"]["Customer ID"]).all()
    assert files["nps_survey"].merge(customers, on="Customer ID").eval("`Customer email` == Email").all()


def test_the_first_message_is_the_customers_description_at_creation(files: Files) -> None:
    first = files["messages"].drop_duplicates("Ticket ID").set_index("Ticket ID").loc[files["zendesk_tickets"]["Id"]].reset_index()
    assert (first["Author role"] == "Customer").all()
    assert (first["Created at"] == files["zendesk_tickets"]["Created at"]).all()
    assert (first["Body"] == files["zendesk_tickets"]["Description"]).all()


def test_first_reply_and_replies_are_those_of_people_in_public(files: Files) -> None:
    tickets, messages = files["zendesk_tickets"].set_index("Id"), files["messages"]
    human = messages[(messages["Author role"] == "Agent") & messages["Public"]].groupby("Ticket ID")["Created at"]
    tickets["first"] = human.min().reindex(tickets.index)
    assert minutes(tickets, "first", "Created at").equals(tickets[FIRST_REPLY])
    assert human.size().reindex(tickets.index, fill_value=0).equals(tickets["Replies"])


def test_notes_and_the_assistant_often_write_before_the_first_reply(files: Files) -> None:
    messages = files["messages"]
    assert (~messages["Public"]).sum() > 4_000
    assert set(messages[messages["Author role"] == "Bot"]["Channel"]) == {"Chat"}
    first_agent = messages[messages["Author role"] == "Agent"].drop_duplicates("Ticket ID")
    assert (~first_agent["Public"]).mean() > 0.1


def test_solved_stamps_hours_and_minutes_agree(files: Files) -> None:
    tickets = files["zendesk_tickets"]
    full = tickets["Full resolution time in minutes"]
    assert minutes(tickets, "Solved at", "Created at").equals(full)
    assert ((tickets["Resolution time"] - full / 60).abs().dropna() <= 0.52).all()
    assert tickets["Solved at"].isna().equals(tickets["Status"].isin([*OPEN, "Deleted"]))


def test_reopened_tickets_were_first_solved_earlier(files: Files) -> None:
    tickets = files["zendesk_tickets"].dropna(subset=["Solved at"])
    first, full = tickets["First resolution time in minutes"], tickets["Full resolution time in minutes"]
    again = tickets["Reopens"] > 0
    assert (first[again] < full[again]).all()
    assert first[~again].equals(full[~again])
    assert 0.05 < again.mean() < 0.11


def test_waits_of_both_sides_fit_into_the_resolution(files: Files) -> None:
    tickets = files["zendesk_tickets"].dropna(subset=["Solved at"])
    for hours in ("", " within business hours"):
        wait = tickets[f"Requester wait time in minutes{hours}"] + tickets[f"Agent wait time in minutes{hours}"]
        assert (wait <= tickets[f"Full resolution time in minutes{hours}"]).all()
        assert (tickets[f"On hold time in minutes{hours}"] <= tickets[f"Requester wait time in minutes{hours}"]).all()


def test_business_minutes_never_exceed_calendar_minutes(files: Files) -> None:
    tickets = files["zendesk_tickets"]
    for column in (name for name in tickets if name.endswith("in minutes")):
        assert (tickets[f"{column} within business hours"].dropna() <= tickets[column].dropna()).all(), column


def test_the_open_tickets_are_mostly_recent_and_some_are_old(files: Files) -> None:
    still = files["zendesk_tickets"].query("Status in @OPEN")
    age = (END - still["Created at"]).dt.days
    assert 80 < len(still) < 400
    assert (age <= 14).mean() > 0.4
    assert (age > 60).sum() > 20


def test_the_satisfaction_column_holds_the_answers_of_the_survey(files: Files) -> None:
    tickets = files["zendesk_tickets"].set_index("Id")["Satisfaction Score"]
    survey = files["csat_survey"].set_index("Ticket ID")
    assert set(tickets.index[tickets != "Not Offered"]) == set(survey.index)
    word = survey["Rating"].map(lambda rating: "Offered" if pd.isna(rating) else "Good" if rating >= 4 else "Bad")
    word += survey["Comment"].notna().map({True: " with comment", False: ""})
    assert tickets[survey.index].equals(word.rename("Satisfaction Score").astype(tickets.dtype))


def test_scores_and_answer_dates_come_together(files: Files) -> None:
    for name, score, top in (("csat_survey", "Rating", 5), ("nps_survey", SCORE, 10)):
        survey = files[name]
        assert survey[score].isna().equals(survey["Answered at"].isna())
        assert survey[score].dropna().between(0 if top == 10 else 1, top).all()
        assert (survey["Answered at"] > survey["Sent at"])[survey[score].notna()].all()
        assert survey["Comment"][survey[score].isna()].isna().all()


def test_comments_are_varied_and_some_hold_personal_data(files: Files) -> None:
    for name in ("csat_survey", "nps_survey"):
        comments = files[name]["Comment"].dropna()
        assert comments.nunique() / len(comments) > 0.75
        assert comments.value_counts().iloc[0] < len(comments) / 100
        assert comments.str.contains(r"\+44 20 7946 0\d{3}").sum() > 5
        assert comments.str.contains(r"@[a-z-]+\.example").sum() > 5
        assert not comments.str.contains(r"[{}\t]").any()


def test_customers_leave_once_and_a_few_return(files: Files) -> None:
    subscriptions = files["subscriptions"].sort_values(["Customer ID", "Started at"])
    ended = subscriptions["Ended at"].notna()
    assert ended.equals(subscriptions["Status"] == "canceled")
    assert (subscriptions["Ended at"] > subscriptions["Started at"])[ended].all()
    gap = (subscriptions["Started at"] - subscriptions.groupby("Customer ID")["Ended at"].shift()).dropna().dt.days
    assert (gap >= 0).all()
    assert (gap == 0).sum() > 200
    assert 20 < (gap > 30).sum() < 150


def test_the_plan_of_a_customer_is_that_of_the_latest_subscription(files: Files) -> None:
    latest = files["subscriptions"].sort_values("Started at").groupby("Customer ID")["Plan"].last()
    assert (files["customers"].set_index("Customer ID")["Plan"] == latest).all()


def test_weeks_have_a_shape_and_holidays_are_quiet(files: Files) -> None:
    created = files["zendesk_tickets"]["Created at"]
    by_weekday = created.dt.day_of_week.value_counts()
    assert by_weekday[0] > by_weekday[4] > 2 * by_weekday[5]
    assert (created.dt.date == pd.Timestamp("2025-12-25").date()).sum() < 20
    assert created.dt.hour.between(8, 17).mean() > 0.7
