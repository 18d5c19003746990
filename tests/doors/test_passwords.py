"""Passwords are compared as hashes, guessing gets slow, and a session is what its signature says for as long as it says."""

import stat
import time

import pytest

from data import store
from pages import __main__ as command
from pages.access import passwords, session_cookie
from pages.access.login_throttle import ALL, ONE, Waits, network
from pages.access.settings import Settings

HASH = passwords.hashed("correct horse battery")
OTHER = passwords.hashed("only looking around")
SECRET = "s" * 40
DOORS = Settings(password=HASH, viewer_password=OTHER, secret=SECRET)


def test_only_the_right_password_fits():
    assert passwords.fits("correct horse battery", HASH)
    for wrong in ("", "correct horse batter", "Correct horse battery", "x" * 5000, "\udcff"):
        assert not passwords.fits(wrong, HASH)


def test_the_same_password_has_another_hash_each_time():
    assert passwords.hashed("correct horse battery") != HASH


@pytest.mark.parametrize(
    "kept", ["", "correct horse battery", "scrypt$1$2", "scrypt$x$8$1$AA==$AA==", f"scrypt${1 << 30}$8$1$AA==$AA=="]
)
def test_a_line_that_is_no_hash_fits_nothing(kept):
    assert not passwords.fits("correct horse battery", kept)


def test_the_command_prints_lines_that_open_the_door(monkeypatch, capsys):
    monkeypatch.setattr(command, "getpass", lambda _: "correct horse battery")
    assert command.main(["password"]) == 0
    printed = capsys.readouterr().out
    assert "correct horse" not in printed
    line = next(line for line in printed.splitlines() if line.startswith("password = "))
    assert passwords.fits("correct horse battery", line.split('"')[1])


@pytest.mark.parametrize("typed", [("short", "short"), ("correct horse battery", "correct horse bakery")])
def test_the_command_takes_no_short_or_mistyped_password(monkeypatch, capsys, typed):
    answers = iter(typed)
    monkeypatch.setattr(command, "getpass", lambda _: next(answers))
    assert command.main(["password"]) == 2
    assert "scrypt" not in capsys.readouterr().out


def test_a_session_speaks_for_its_role_until_it_ends():
    for role in ("manager", "viewer"):
        cookies = {session_cookie.COOKIE: session_cookie.made(role, DOORS)}
        found = session_cookie.reader(cookies, DOORS)
        assert found is not None
        assert (found.role, found.door) == (role, "password")
        assert session_cookie.reader(cookies, DOORS, time.time() + 11.9 * 3600) is not None
        assert session_cookie.reader(cookies, DOORS, time.time() + 12.1 * 3600) is None


def test_a_changed_session_speaks_for_nobody():
    cookie = session_cookie.made("viewer", DOORS)
    role, ends, number, signature = cookie.split(".")
    changed = [
        f"manager.{ends}.{number}.{signature}",
        f"{role}.{int(ends) + 1}.{number}.{signature}",
        f"{role}.{ends}.{number[:-1]}.{signature}",
        f"{role}.{ends}.{number}.{signature[:-1]}",
        f"{role}.{ends}.{number}.",
        f"{role}.{ends}.{number}",
        f"guest.{ends}.{number}.{signature}",
        "",
        ".",
        "ä" + cookie,
        cookie + "é",
    ]
    assert [value for value in changed if session_cookie.reader({session_cookie.COOKIE: value}, DOORS)] == []


def test_another_password_or_secret_ends_the_sessions_of_the_old_one():
    cookies = {session_cookie.COOKIE: session_cookie.made("manager", DOORS)}
    renewed = Settings(password=passwords.hashed("correct horse battery"), viewer_password=OTHER, secret=SECRET)
    assert session_cookie.reader(cookies, renewed) is None
    assert session_cookie.reader(cookies, Settings(password=HASH, secret="t" * 40)) is None
    assert session_cookie.reader(cookies, Settings(viewer_password=OTHER, secret=SECRET)) is None


def test_a_signed_out_session_is_nobodys_also_as_a_copy(monkeypatch, tmp_path):
    monkeypatch.setenv("DESKPULSE_DATABASE", str(tmp_path / "desk.duckdb"))
    cookie = session_cookie.made("manager", DOORS)
    session_cookie.end(cookie)
    assert session_cookie.reader({session_cookie.COOKIE: cookie}, DOORS) is None


def test_a_session_stays_signed_out_after_a_restart(monkeypatch, tmp_path):
    monkeypatch.setenv("DESKPULSE_DATABASE", str(tmp_path / "new" / "desk.duckdb"))
    (tmp_path / "new").mkdir()
    left, other = (session_cookie.made("manager", DOORS) for _ in range(2))
    session_cookie.end(left)
    session_cookie.end(session_cookie.made("viewer", DOORS))
    monkeypatch.setattr(session_cookie, "_ended", {})  # what a restart forgets
    assert session_cookie.reader({session_cookie.COOKIE: left}, DOORS) is None
    assert session_cookie.reader({session_cookie.COOKIE: other}, DOORS) is not None
    file = tmp_path / "new" / "desk.signed-out"
    assert file.stat().st_mode & 0o777 == 0o600
    assert left not in file.read_text()  # a hash: who reads the file cannot sign in with it


def test_without_a_secret_one_is_kept_beside_the_database_for_its_owner_alone(monkeypatch, tmp_path):
    monkeypatch.setenv("DESKPULSE_DATABASE", str(tmp_path / "world.duckdb"))
    doors = Settings(password=HASH)
    cookies = {session_cookie.COOKIE: session_cookie.made("manager", doors)}
    kept = store.location().with_suffix(".key")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    session_cookie._of_file.cache_clear()  # as after a restart
    assert session_cookie.reader(cookies, doors) is not None


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def test_waits_grow_for_one_address_and_leave_others_alone():
    clock = Clock()
    waits, told = Waits(clock), []
    for _ in range(12):
        wait = waits.ask("192.0.2.1")
        told.append(wait)
        clock.now += wait
    assert told[: ONE.free] == [0.0] * ONE.free
    grown = [wait for wait in told if wait]
    assert grown == sorted(grown)
    assert grown[-1] >= 8
    assert waits.ask("192.0.2.2") == 0


def test_many_addresses_together_are_slowed_down_but_never_locked_out():
    clock = Clock()
    waits = Waits(clock)
    through = 0
    for number in range(2000):
        through += waits.ask(f"10.0.{number // 250}.{number % 250}") == 0
        clock.now += 0.05
    assert through < ALL.free + 10
    clock.now += ALL.longest
    assert waits.ask("192.0.2.9") == 0


def test_tries_at_the_same_moment_are_counted_before_they_are_looked_at():
    waits = Waits(Clock())
    assert sum(waits.ask("192.0.2.1") == 0 for _ in range(1000)) == ONE.free


def test_the_right_password_clears_the_address():
    waits = Waits(Clock())
    for _ in range(ONE.free):
        waits.ask("192.0.2.1")
        waits.right("192.0.2.1")
    assert waits.ask("192.0.2.1") == 0


def test_a_house_of_ipv6_addresses_is_one_guesser():
    assert network("2001:db8::1") == network("2001:db8::ffff:1")
    assert network("2001:db8::1") != network("2001:db8:0:1::1")
    assert network("::ffff:192.0.2.1") == network("192.0.2.1")
