"""The calendars of business hours, as a manager edits them: hours by weekday, whose holidays, own free days, whose clock."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import streamlit as st

import queries
from data.derived import calendars
from data.derived.calendars import Calendar, Unreadable
from data.store import Store
from pages.document import markup, number_format

WHAT = (
    "When somebody is there to answer. Where a wait is counted in business hours, only these hours count; "
    "they also tell the wait while everybody was off from the wait in the queue."
)
NONE = "None are set. Business hours are then the helpdesk's own, where its export has them ready-made."
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOW = "Like 9:00-17:00, with a break 9:00-12:00, 13:00-17:00, or over night 22:00-6:00. Leave it empty where nobody is there."
FREE = "One a line: 2026-12-24, or 2026-12-27 to 2026-12-30, or 12-24 for every year."
OTHERS = "A team with hours of its own is counted by them; every other team by the hours above."


def draw(store: Store) -> None:
    """Simple first: one calendar for everybody; teams with hours of their own behind a fold."""
    kept = {calendar.team: calendar for calendar in calendars.every(store)}
    with st.container(border=True, key="settings-hours", gap="small"):
        st.html(markup.titled("Business hours", WHAT))
        if None not in kept:
            st.html(markup.note(NONE))
            st.button("Set business hours", on_click=calendars.keep, args=(store, Calendar()), key="hours-set")
            return
        _calendar(store, kept[None])
        with st.expander("Teams with other hours", key="hours-teams", expanded=len(kept) > 1):
            st.html(markup.note(OTHERS))
            for team, calendar in kept.items():
                if team is not None:
                    st.html(markup.titled(team, level=4))
                    _calendar(store, calendar)
            _another(store, kept)


def _another(store: Store, kept: dict[str | None, Calendar]) -> None:
    teams = [team for team in queries.options("team", store) if team not in kept]
    if not teams:
        st.html(markup.note("There is no other team in the data."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        team = st.selectbox("Team", teams, key="hours-team", width=320)
        st.button("Give it hours of its own", on_click=_begin, args=(store, kept[None], team), key="hours-team-add")


def _begin(store: Store, like: Calendar, team: str) -> None:
    calendars.keep(store, replace(like, team=team))


def _calendar(store: Store, calendar: Calendar) -> None:
    name = calendar.team or ""
    _hours(store, calendar, name)
    with st.container(horizontal=True, vertical_alignment="top"):
        _place(store, calendar, name)
        _zone(store, calendar, name)
    _free_days(store, calendar, name)
    st.html(markup.note(summary(calendar, date.today())))
    st.button(
        f"Remove the hours of {name}" if name else "Remove business hours",
        on_click=calendars.remove,
        args=(store, calendar.team),
        key=f"hours-remove-{name}",
        type="tertiary",
        icon=":material/delete:",
    )


def _hours(store: Store, calendar: Calendar, name: str) -> None:
    """Every weekday is a line of text: nothing else holds a lunch break and a night shift on a phone."""
    with st.container(horizontal=True, key=f"hours-week-{name}"):
        said = {
            at: st.text_input(
                weekday,
                calendars.write_hours(calendar.hours.get(at, ())),
                key=f"hours-{at}-{name}",
                placeholder="closed",
                help=HOW if at == 1 else None,
                width=126,
            )
            for at, weekday in enumerate(WEEKDAYS, 1)
        }
    _keep(store, calendar, lambda: replace(calendar, hours=_week(said)))


def _week(said: dict[int, str]) -> dict[int, tuple[tuple[int, int], ...]]:
    read = {at: _day(at, text) for at, text in said.items()}
    return {at: spans for at, spans in read.items() if spans}


def _day(at: int, text: str) -> tuple[tuple[int, int], ...]:
    try:
        return calendars.read_hours(text)
    except Unreadable as error:
        raise Unreadable(f"{WEEKDAYS[at - 1]}: {error}") from error


def _place(store: Store, calendar: Calendar, name: str) -> None:
    """Whose public holidays are free."""
    countries = calendars.countries()
    country = st.selectbox(
        "Public holidays of",
        [None, *countries],
        [None, *countries].index(calendar.country if calendar.country in countries else None),
        format_func=lambda code: countries.get(code, "no country"),
        key=f"hours-country-{name}",
        width=240,
    )
    part = calendar.subdivision if country == calendar.country else None
    if country and (parts := calendars.subdivisions(country)):
        part = st.selectbox(
            "Part of the country",
            [None, *parts],
            [None, *parts].index(part if part in parts else None),
            format_func=lambda code: parts.get(code, "the whole country"),
            key=f"hours-part-{name}-{country}",
            width=240,
        )
    _keep(store, calendar, lambda: replace(calendar, country=country, subdivision=part))


def _zone(store: Store, calendar: Calendar, name: str) -> None:
    zones = [None, *number_format.zones()]
    ours = store.setting("timezone", "UTC")
    zone = st.selectbox(
        "On the clock of",
        zones,
        zones.index(calendar.timezone) if calendar.timezone in zones else 0,
        format_func=lambda zone: zone or f"the workspace ({ours})",
        key=f"hours-zone-{name}",
        width=280,
    )
    _keep(store, calendar, lambda: replace(calendar, timezone=zone))


def _free_days(store: Store, calendar: Calendar, name: str) -> None:
    said = st.text_area(
        "Own free days",
        calendars.write_free_days(calendar.free_days),
        key=f"hours-free-{name}",
        help=FREE,
        placeholder=FREE,
        height=100,
    )
    _keep(store, calendar, lambda: replace(calendar, free_days=calendars.read_free_days(said)))


def _keep(store: Store, before: Calendar, change: Callable[[], Calendar]) -> None:
    """Store what was changed; what cannot be read is said, and the hours before it go on counting."""
    try:
        after = change()
        if after != before:
            calendars.keep(store, after)
            st.rerun()
    except Unreadable as error:
        st.error(f"{error} The hours before go on counting.", icon=":material/error:")


def summary(calendar: Calendar, today: date) -> str:
    """What follows from it, to see at a glance whether it was meant: hours a week, and the next free days."""
    week = sum(closes - opens for spans in calendar.hours.values() for opens, closes in spans) / 60
    coming = sorted((day, why) for day, why in calendars.free(calendar, today.year, today.year + 1).items() if day >= today)
    named = [f"{number_format.day(datetime(day.year, day.month, day.day))} ({why})" for day, why in coming[:3]]
    return f"{week:g} hours a week." + (f" Next free days: {', '.join(named)}." if named else " No free days.")
