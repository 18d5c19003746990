"""What the team has promised, and since when: a change keeps what held before it, an end keeps all of it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import duckdb

from data.literals import literal
from data.store import Store

SCOPES = ("channel", "priority", "segment")
COLUMNS = "id, metric, minutes, goal, channel, priority, segment, hours, valid_from, valid_until"


@dataclass(frozen=True)
class Promise:
    """One standard. With `minutes` it is about the share done within so long, else about the metric's own value."""

    metric: str
    goal: float | None  # that share in percent, or the value in the metric's unit; None: nobody said how many
    minutes: float | None = None
    channel: str | None = None  # None: all of them
    priority: str | None = None
    segment: str | None = None
    hours: str = "calendar"

    @property
    def scope(self) -> dict[str, str]:
        """What it is narrowed to."""
        return {name: value for name in SCOPES if (value := getattr(self, name)) is not None}


@dataclass(frozen=True)
class Version:
    """A promise and the days on which it held, both included; None: since always, until further notice."""

    promise: Promise
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Target:
    """A promise through all its versions, the oldest first."""

    id: str
    versions: tuple[Version, ...]

    @property
    def newest(self) -> Version:
        return self.versions[-1]

    def at(self, day: date) -> Version | None:
        """What held on that day."""
        return next((one for one in self.versions if one.holds(day)), None)


def every(store: Store) -> list[Target]:
    """All of them, ended ones too."""
    with store.cursor() as cursor:
        rows = cursor.execute(f"select {COLUMNS} from targets order by metric, id, valid_from nulls first").fetchall()
    return [Target(name, tuple(_version(row) for row in kept)) for name, kept in groupby(rows, key=lambda row: str(row[0]))]


def _version(row: tuple[Any, ...]) -> Version:
    _, metric, minutes, goal, channel, priority, segment, hours, since, until = row
    return Version(Promise(metric, goal, minutes, channel, priority, segment, hours), since, until)


def add(store: Store, promise: Promise, since: date | None = None) -> str:
    """Promise something; returns the name it is known by from now on."""
    name = secrets.token_hex(4)
    with store.writing() as cursor:
        _keep(cursor, name, [Version(promise, since)])
    return name


def change(store: Store, target: Target, promise: Promise, since: date | None) -> None:
    """Promise something else from that day on. The time before is judged by what held then; without a day there is none."""
    with store.writing() as cursor:
        _keep(cursor, target.id, [*_before(target.versions, since), Version(promise, since)])


def end(store: Store, target: Target, last: date) -> None:
    """Promise it no more after that day. What had not begun by then never was."""
    with store.writing() as cursor:
        _keep(cursor, target.id, _before(target.versions, last + timedelta(days=1)))


def forget(store: Store, target: Target) -> None:
    """Take it away with all it was."""
    with store.writing() as cursor:
        _keep(cursor, target.id, [])


def _before(versions: Iterable[Version], day: date | None) -> list[Version]:
    """The versions as far as they held before that day."""
    if day is None:
        return []
    last = day - timedelta(days=1)
    kept = [one for one in versions if one.since is None or one.since < day]
    return [one if one.until is not None and one.until < day else replace(one, until=last) for one in kept]


def _keep(cursor: duckdb.DuckDBPyConnection, name: str, versions: Iterable[Version]) -> None:
    cursor.execute(f"delete from targets where id = {literal(name)}")
    for one in versions:
        said = {field.name: getattr(one.promise, field.name) for field in fields(Promise)}
        said |= {"id": name, "valid_from": _day(one.since), "valid_until": _day(one.until)}
        cursor.execute(f"insert into targets ({COLUMNS}) values ({', '.join(literal(said[key]) for key in COLUMNS.split(', '))})")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
