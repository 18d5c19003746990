"""Moments as programs, browsers and people elsewhere write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from data.importing.receipt import Receipt

MOMENTS = [datetime(2025, 3, day, hour, 7, 0) for day in (1, 2, 5, 14, 31) for hour in (0, 9, 12, 23)]
HOUR12 = {hour: hour % 12 or 12 for hour in range(24)}


def _clock(moment: datetime, before: str, after: str) -> str:
    return (before if moment.hour < 12 else after).format(hour=HOUR12[moment.hour], minute=f"{moment:%M}")


SPELLED = {
    "a browser": lambda m: f"{m:%a %b %d %Y %H:%M:%S} GMT+0000 (Coordinated Universal Time)",
    "Unix": lambda m: f"{m:%a %b} {m.day:2d} {m:%H:%M:%S %Y}",
    "Unix with its zone": lambda m: f"{m:%a %b %d %H:%M:%S} UTC {m:%Y}",
    "a letter's head": lambda m: f"{m + timedelta(hours=2):%a, %d %b %Y %H:%M:%S} +0200",
    "English in full": lambda m: f"{m:%A, %B} {m.day}, {m:%Y} at " + _clock(m, "{hour}:{minute} AM", "{hour}:{minute} PM"),
    "English ordinals": lambda m: f"{m.day}{ {1: 'st', 2: 'nd', 31: 'st'}.get(m.day, 'th') } {m:%B %Y %H:%M}",
    "German": lambda m: f"{'Samstag' if m.day == 1 else 'Mo'}, {m:%d.%m.%Y %H:%M} Uhr",
    "French": lambda m: f"{m:%d/%m/%Y} à {m:%H}h{m:%M}",
    "Spanish": lambda m: f"{m:%d/%m/%Y} " + _clock(m, "{hour}:{minute} a. m.", "{hour}:{minute} p. m."),
    "Finnish": lambda m: f"{m:%d.%m.%Y %H.%M}",
    "Swedish": lambda m: f"{m.day} mars {m.year} kl. {m:%H:%M}",
    "Dutch": lambda m: f"{m:%d-%m-%Y} om {m:%H:%M}",
    "a social network": lambda m: f"{m:%a %b %d %H:%M:%S +0000 %Y}",
    "Go": lambda m: f"{m:%Y-%m-%d %H:%M:%S} +0000 UTC",
    "hours from Greenwich": lambda m: f"{m + timedelta(hours=1):%d/%m/%Y %H:%M:%S} GMT+1",
    "a database": lambda m: f"{m:%Y-%m-%d-%H.%M.%S}.000000",
    "without signs": lambda m: f"{m:%Y%m%dT%H%M%SZ}",
    "the clock first": lambda m: _clock(m, "{hour}:{minute} AM", "{hour}:{minute} PM") + f" {m:%m/%d/%Y}",
    "two lines": lambda m: f"{m:%Y-%m-%d}\n{m:%H:%M:%S}",
    "Japanese": lambda m: f"{m.year}年{m.month}月{m.day}日 {m:%H:%M}",
    "Chinese": lambda m: f"{m.year}-{m.month}-{m.day} " + _clock(m, "上午 {hour}:{minute}", "下午{hour}:{minute}"),
    "Korean": lambda m: f"{m.year}. {m.month}. {m.day}. " + _clock(m, "오전 {hour}:{minute}", "오후 {hour}:{minute}"),
}


def _export(written: list[str]) -> str:
    return "Ticket ID,Subject,Status,Created at\n" + "".join(f'{n},Help,Open,"{one}"\n' for n, one in enumerate(written))


@pytest.mark.parametrize("name", SPELLED)
def test_a_moment_is_the_same_however_it_is_spelled(name: str, bring, rows) -> None:
    receipt: Receipt = bring(_export([SPELLED[name](moment) for moment in MOMENTS]))
    assert not receipt.problems
    assert [row[0] for row in rows("select created_at from tickets order by id::int")] == MOMENTS


def test_a_day_of_the_week_does_not_hide_which_comes_first(bring, rows) -> None:
    receipt = bring(_export(["Sat 3/1/2025 08:00", "Fri 3/14/2025 08:00"]))
    assert receipt.date_order == "month first"
    assert rows("select created_at from tickets order by id") == [(datetime(2025, 3, 1, 8),), (datetime(2025, 3, 14, 8),)]


@pytest.mark.parametrize("never", ["0", "-1", "31.12.9999", "1/1/0001 12:00:00 AM", "01.01.1900"])
def test_a_moment_that_never_was_is_no_mistake(never: str, bring, rows) -> None:
    counted = never in ("0", "-1")
    moments = [f"{moment.replace(tzinfo=UTC).timestamp():.0f}" if counted else f"{moment:%d.%m.%Y %H:%M}" for moment in MOMENTS]
    lines = [f"{n},Help,{one},{one if n % 2 else never}\n" for n, one in enumerate(moments)]
    receipt = bring("Ticket ID,Subject,Created at,Solved at\n" + "".join(lines))
    assert not receipt.problems
    assert rows("select count(solved_at), count(*) from tickets") == [(10, 20)]


def test_a_word_beside_such_a_year_is_a_mistake(bring) -> None:
    receipt = bring(_export(["2025-03-01 08:00", "2025-03-02 08:00", "invoice 1900"]))
    assert [(trouble.column, trouble.count) for trouble in receipt.problems] == [("Created at", 1)]
