"""The planted truths of the sample measured again from its files, with plain pandas and nothing of the generator."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

STAMPS = [
    "Created at", "Updated at", "Assigned at", "Initially assigned at", "Solved at",
    "Sent at", "Answered at", "Started at", "Ended at", "Signed up at",
]  # fmt: skip
SCORE = "How likely are you to recommend us? (0-10)"
FIRST_REPLY = "First reply time in minutes"

Files = dict[str, pd.DataFrame]


def read(paths: list[Path]) -> Files:
    """Every file by its name without the ending, stamps as stamps."""
    files = {path.stem: pd.read_csv(path, low_memory=False) for path in paths}
    for frame in files.values():
        for column in set(STAMPS) & set(frame.columns):
            frame[column] = pd.to_datetime(frame[column])
    return files


def rated(files: Files) -> pd.DataFrame:
    """Answered satisfaction surveys with their tickets."""
    answers = files["csat_survey"].dropna(subset=["Rating"])
    joined = answers.merge(files["zendesk_tickets"], left_on="Ticket ID", right_on="Id", suffixes=("", " of ticket"))
    return joined.assign(good=joined["Rating"] >= 4, slow=joined[FIRST_REPLY] >= 240)


def about_export_or_sync(text: str) -> bool:
    """Whether a text is about the rising theme."""
    return "export" in text.lower() or "sync" in text.lower()


def launch_flood(files: Files) -> dict[str, float]:
    """Chats a day and their median wait in March 2026 against the months on either side."""
    chats = files["zendesk_tickets"].query("Via == 'Chat'")
    month = chats["Created at"].dt.strftime("%Y-%m")
    launch, around = chats[month == "2026-03"], chats[month.isin(["2026-02", "2026-04"])]
    return {
        "chats_a_day": len(launch) / 31,
        "chats_a_day_around": len(around) / 58,
        "median_wait_minutes": launch[FIRST_REPLY].median(),
        "median_wait_minutes_around": around[FIRST_REPLY].median(),
    }


def slow_answers(files: Files) -> dict[str, float]:
    """Satisfaction where the first answer came within four hours, and where it did not."""
    good = rated(files).groupby("slow")["good"].mean() * 100
    return {"csat_within_four_hours": good[False], "csat_after_four_hours": good[True]}


def reopened_tickets(files: Files) -> dict[str, float]:
    """Satisfaction of reopened tickets against the others."""
    answers = rated(files)
    good = answers.groupby(answers["Reopens"] > 0)["good"].mean() * 100
    return {"csat_not_reopened": good[False], "csat_reopened": good[True]}


def dissatisfied_leave(files: Files) -> dict[str, float]:
    """Customer-months lost, by the latest answer to either survey before the month began."""
    email = files["customers"].set_index("Email")["Customer ID"]
    csat = files["csat_survey"].dropna(subset=["Rating"])
    nps = files["nps_survey"].dropna(subset=[SCORE])
    answers = pd.concat([
        pd.DataFrame({"who": csat["Customer email"].map(email), "at": csat["Answered at"], "bad": csat["Rating"] <= 3}),
        pd.DataFrame({"who": nps["Customer ID"], "at": nps["Answered at"], "bad": nps[SCORE] <= 6}),
    ]).sort_values("at")  # fmt: skip
    spells = files["subscriptions"].groupby("Customer ID").agg(begin=("Started at", "min"), end=("Ended at", _last_end))
    months = pd.concat([_month(spells, answers, first) for first in pd.date_range("2025-01-01", "2026-10-01", freq="MS")])
    rate = months.groupby("mood")["left"].mean() * 100
    return {"monthly_churn_satisfied": rate["satisfied"], "monthly_churn_dissatisfied": rate["dissatisfied"]}


def _last_end(ends: pd.Series) -> pd.Timestamp:
    return pd.Timestamp("2100-01-01") if ends.isna().any() else ends.max()


def _month(spells: pd.DataFrame, answers: pd.DataFrame, first: pd.Timestamp) -> pd.DataFrame:
    there = spells[(spells["begin"] < first) & (spells["end"] >= first)]
    latest = answers[answers["at"] < first].groupby("who")["bad"].last()
    mood = latest.reindex(there.index).map({True: "dissatisfied", False: "satisfied"})
    return pd.DataFrame({"mood": mood, "left": there["end"] < first + pd.offsets.MonthBegin(1)}).dropna()


def rising_theme(files: Files) -> dict[str, float]:
    """Share of subjects about exports or syncs before July 2026 and in October 2026; the same for comments."""
    tickets = files["zendesk_tickets"]
    found = {}
    texts = {"subjects": tickets[["Created at", "Subject"]], "comments": _comments(files)}
    for name, frame in texts.items():
        at, hit = frame.iloc[:, 0], frame.iloc[:, 1].map(about_export_or_sync)
        found[f"{name}_before_july"] = hit[at < "2026-07-01"].mean() * 100
        found[f"{name}_in_october"] = hit[at >= "2026-10-01"].mean() * 100
    return found


def _comments(files: Files) -> pd.DataFrame:
    parts = [files[name][["Answered at", "Comment"]].dropna() for name in ("csat_survey", "nps_survey")]
    return pd.concat(parts)


def quiet_wave(files: Files) -> dict[str, float]:
    """Response rate of NPS 2025 Q3 and the lowest of the other complete waves."""
    rate = files["nps_survey"].groupby("Survey")[SCORE].count() / files["nps_survey"].groupby("Survey").size() * 100
    return {"response_rate": rate["NPS 2025 Q3"], "response_rate_others": rate.drop(["NPS 2025 Q3"]).mean()}


def slow_mondays(files: Files) -> dict[str, float]:
    """Median first reply to written requests, Mondays against Tuesday to Thursday, in Billing and elsewhere."""
    tickets = files["zendesk_tickets"].query("Via in ['Mail', 'Web form']")
    weekday, billing = tickets["Created at"].dt.day_of_week, tickets["Group"] == "Billing"
    monday, midweek = weekday == 0, weekday.between(1, 3)
    column = f"{FIRST_REPLY} within business hours"
    return {
        "billing_monday_minutes": tickets[billing & monday][column].median(),
        "billing_midweek_minutes": tickets[billing & midweek][column].median(),
        "others_monday_minutes": tickets[~billing & monday][column].median(),
        "others_midweek_minutes": tickets[~billing & midweek][column].median(),
    }


def enterprise_first(files: Files) -> dict[str, float]:
    """Median first reply to written requests in business minutes by size of customer."""
    tickets = files["zendesk_tickets"].merge(files["customers"], left_on="Requester id", right_on="Customer ID")
    written = tickets[tickets["Via"].isin(["Mail", "Web form"])]
    median = written.groupby("Segment")[f"{FIRST_REPLY} within business hours"].median()
    return {"enterprise_minutes": median["Enterprise"], "small_business_minutes": median["Small business"]}


MEASURES = {
    "launch_flood": launch_flood,
    "slow_answers": slow_answers,
    "dissatisfied_leave": dissatisfied_leave,
    "rising_theme": rising_theme,
    "quiet_wave": quiet_wave,
    "reopened_tickets": reopened_tickets,
    "slow_mondays": slow_mondays,
    "enterprise_first": enterprise_first,
}
