"""Links to reports: who has one gets the page as it was kept, and everybody else gets the same nothing."""

import gzip
import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from data import store as stores
from data.derived import facts
from data.importing import import_file
from data.store import Store
from data.workspace import shares
from pages.access import passwords
from pages.access.reader import Reader
from pages.server import authenticate
from pages.sharing import link_index, passcode
from tests.pages import reporting
from tests.pages.reporting import ask, given_out
from tests.pages.world import TICKETS

PAGE = "<!doctype html><title>x</title>" + "<p>4,007 tickets" * 50
OWN = {"sec_fetch_site": "same-origin"}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    opened = Store.open(tmp_path / "desk.duckdb")
    monkeypatch.setattr(stores, "default", lambda: opened)
    monkeypatch.setattr(link_index, "_at_hand", [])
    monkeypatch.setattr(passcode, "tries", passcode.Tries())
    return opened


def test_a_link_opens_the_page_exactly_as_it_was_kept(store: Store) -> None:
    share, token = given_out(store, PAGE)
    packed = ask(f"/s/{token}", accept_encoding="gzip, br")
    assert packed.status == 200
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.body == shares.page_file(store, share.id).read_bytes()
    assert ask(f"/s/{token}").body == PAGE.encode()


def test_strict_headers_stand_on_every_answer(store: Store) -> None:
    token = given_out(store, PAGE)[1]
    for address in (f"/s/{token}", "/s/wrong"):
        headers = ask(address).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self';")
        assert "frame-ancestors 'none'" in policy
        assert "connect-src" not in policy
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert "noindex" in headers["x-robots-tag"]


def test_guessed_cut_expired_and_withdrawn_links_are_answered_alike(store: Store) -> None:
    withdrawn, first = given_out(store, PAGE)
    _, expired = given_out(store, PAGE, lasts=timedelta(seconds=-1))
    _, good = given_out(store, PAGE)
    link_index.of(store).revoke(withdrawn)
    tried = [first, expired, good[:-1], f"{good}x", good.swapcase(), "x", "..", "%2e%2e", "a" * 5000, "preview", "static", "\u2028"]
    answers = [ask(f"/s/{token}") for token in tried] + [
        ask(f"/s/{first}/download"),
        ask(f"/s/{first}", "POST", b"passcode=x", **OWN),
    ]
    answers += [ask("/s/preview?share=1"), ask("/s/static/..%2f..%2fdesk.duckdb"), ask("/s/static/chart.js")]
    assert {(one.status, one.body, tuple(one.headers.items())) for one in answers} == {
        (404, answers[0].body, tuple(answers[0].headers.items()))
    }
    assert ask(f"/s/{good}").status == 200


def test_wrong_links_take_the_same_time_whatever_is_wrong(store: Store) -> None:
    """The look-up itself: the median of many, a factor of two apart at most."""
    withdrawn, first = given_out(store, PAGE)
    _, expired = given_out(store, PAGE, lasts=timedelta(seconds=-1))
    index = link_index.of(store)
    index.revoke(withdrawn)

    def cost(token: str) -> float:
        found = []
        for _ in range(300):
            begun = time.perf_counter()
            index.find(token)
            found.append(time.perf_counter() - begun)
        return sorted(found)[150]

    costs = [min(cost(token) for _ in range(3)) for token in (first, expired, "x" * 32)]
    assert max(costs) < 2 * min(costs)


def test_withdrawing_bites_at_once_and_takes_the_page_away(store: Store) -> None:
    share, token = given_out(store, PAGE)
    assert ask(f"/s/{token}").status == 200
    link_index.of(store).revoke(share)
    assert ask(f"/s/{token}").status == 404
    assert not shares.page_file(store, share.id).exists()
    link_index.of.cache_clear()
    link_index._at_hand.clear()
    assert ask(f"/s/{token}").status == 404  # also after a restart


def test_a_link_ends_when_it_was_meant_to_and_can_be_extended(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    share, token = given_out(store, PAGE)
    index = link_index.of(store)
    now = index.clock()
    monkeypatch.setattr(index, "clock", lambda: now + timedelta(days=31))
    assert ask(f"/s/{token}").status == 404
    index.extend(share)
    assert ask(f"/s/{token}").status == 200
    assert shares.every(store)[0].expires > now + timedelta(days=60)


def test_a_page_stays_the_same_through_an_import_and_an_undo(store: Store, tmp_path: Path) -> None:
    with store.writing() as cursor:
        cursor.execute(TICKETS)
        facts.rebuild(cursor)
    token = given_out(store, reporting.page(store, range="all"))[1]
    before = ask(f"/s/{token}", accept_encoding="gzip").body
    receipt = import_file.import_file(store, reporting.hostile(tmp_path))
    assert ask(f"/s/{token}", accept_encoding="gzip").body == before
    import_file.undo(store, receipt.import_id)
    assert ask(f"/s/{token}", accept_encoding="gzip").body == before
    link_index.of.cache_clear()  # as after a restart
    link_index._at_hand.clear()
    assert ask(f"/s/{token}", accept_encoding="gzip").body == before
    assert b"Onboarding" in gzip.decompress(before)


def test_sharing_waits_for_no_import_and_forgets_no_answer(store: Store) -> None:
    version = store.version()
    with store.writing() as cursor:
        cursor.execute("insert into settings values ('a', 'b')")
        share, token = given_out(store, PAGE)
        link_index.of(store).extend(share)
        assert ask(f"/s/{token}").status == 200
    assert len(shares.every(store)) == 1
    assert int(store.version()) == int(version) + 1


def test_looks_are_counted_and_written_together(store: Store) -> None:
    share, token = given_out(store, PAGE)
    for _ in range(3):
        ask(f"/s/{token}")
    assert ask(f"/s/{token}", "HEAD").status == 200
    ask("/s/wrong")
    assert shares.every(store)[0].opened == 0
    link_index.of(store).write()
    found = shares.every(store)[0]
    assert (found.opened, found.id) == (3, share.id)
    assert found.last_opened is not None


def test_only_the_hash_of_a_token_is_kept(store: Store, tmp_path: Path) -> None:
    _, token = given_out(store, PAGE, passcode_hash=passwords.hashed("open sesame"))
    assert len(token) >= 22  # 128 bits
    store.close()
    for path in [path for path in tmp_path.rglob("*") if path.is_file()]:
        content = path.read_bytes()
        assert token.encode() not in content
        assert b"open sesame" not in content
        assert token not in path.name


def test_a_passcode_lets_in_and_is_remembered_for_this_link_only(store: Store) -> None:
    kept = passwords.hashed("open sesame")
    _, token = given_out(store, PAGE, passcode_hash=kept)
    _, other = given_out(store, PAGE, passcode_hash=kept)
    asked = ask(f"/s/{token}")
    assert b"Passcode" in asked.body
    assert b"4,007" not in asked.body
    assert asked.headers["referrer-policy"] == "same-origin"  # or the browser would not say where the form is from
    assert ask(f"/s/{token}/download").status == 404
    wrong = ask(f"/s/{token}", "POST", b"passcode=wrong", **OWN)
    assert wrong.status == 403
    assert "set-cookie" not in wrong.headers
    right = ask(f"/s/{token}", "POST", urlencode({"passcode": "open sesame"}).encode(), **OWN)
    assert right.status == 303
    cookie = right.headers["set-cookie"]
    for part in (f"Path=/s/{token}", "HttpOnly", "SameSite=lax", "Max-Age=28800"):
        assert part in cookie
    given = cookie.partition(";")[0]
    assert ask(f"/s/{token}", cookie=given).body == PAGE.encode()
    assert ask(f"/s/{token}/download", cookie=given).status == 200
    assert b"4,007" not in ask(f"/s/{other}", cookie=given).body
    assert b"4,007" not in ask(f"/s/{token}", cookie=re.sub(r"=(\d+)", "=9999999999", given)).body


def test_a_passcode_from_another_site_is_not_even_tried(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    _, token = given_out(store, PAGE, passcode_hash=passwords.hashed("open sesame"))
    monkeypatch.setattr(passcode, "matches", lambda *_: pytest.fail("tried"))
    body = b"passcode=open+sesame"
    for headers in ({"sec_fetch_site": "cross-site"}, {"origin": "https://elsewhere.test"}, {"origin": "null"}, {}):
        assert ask(f"/s/{token}", "POST", body, **headers).status == 403


def test_guessing_a_passcode_is_slowed_down(store: Store) -> None:
    _, token = given_out(store, PAGE, passcode_hash=passwords.hashed("open sesame"))
    found = [ask(f"/s/{token}", "POST", b"passcode=guess", **OWN).status for _ in range(passcode.TRIES + 2)]
    assert found == [403] * passcode.TRIES + [429] * 2
    assert ask(f"/s/{token}", "POST", b"passcode=open+sesame", **OWN).status == 429


def test_guessing_over_many_links_is_slowed_down_too() -> None:
    now = [0.0]
    tries = passcode.Tries(lambda: now[0])
    assert sum(tries.allowed(str(link)) for link in range(200)) == passcode.OF_ALL
    now[0] = passcode.WINDOW + 1
    assert tries.allowed("0")


def test_a_giant_passcode_is_not_read_to_its_end(store: Store) -> None:
    _, token = given_out(store, PAGE, passcode_hash=passwords.hashed("open sesame"))
    assert ask(f"/s/{token}", "POST", b"passcode=" + b"x" * 100_000, **OWN).status == 413


def test_only_managers_preview_and_a_preview_is_not_counted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    share, _ = given_out(store, PAGE, passcode_hash=passwords.hashed("open sesame"))
    for role in ("viewer", "guest"):
        monkeypatch.setattr(authenticate, "of_request", lambda *_, role=role: Reader(role))
        assert ask(f"/s/preview?share={share.id}").status == 404
    monkeypatch.setattr(authenticate, "of_request", lambda *_: Reader("manager"))
    assert ask(f"/s/preview?share={share.id}").body == PAGE.encode()
    link_index.of(store).write()
    assert shares.every(store)[0].opened == 0


def test_the_chart_script_is_kept_for_ever_under_the_name_of_its_content(store: Store) -> None:
    given_out(store, PAGE)
    name = next(path.name.removesuffix(".gz") for path in (shares.folder(store) / "static").glob("chart-*"))
    answer = ask(f"/s/static/{name}", accept_encoding="gzip")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert b"plotly" in gzip.decompress(answer.body)[:500]


def test_half_a_page_is_never_left_behind(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares.os, "fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        link_index.of(store).add(shares.Offer("A report"), shares.pack(PAGE))
    assert not [path for path in shares.folder(store).glob("*") if path.is_file()]
    assert not shares.every(store)


def test_many_first_readers_open_the_database_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, at_once = [], []

    def slow() -> Store:
        opened.append(1)
        at_once.append(len(opened))
        time.sleep(0.05)
        opened.pop()
        return store

    monkeypatch.setattr(stores, "default", slow)
    with ThreadPoolExecutor(8) as readers:
        found = list(readers.map(lambda _: link_index.server(), range(8)))
    assert len(set(map(id, found))) == 1
    assert max(at_once) == 1


def test_links_at_hand_are_of_the_store_that_is_open_now(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert link_index.server().store is store
    token = given_out(store, PAGE)[1]
    assert ask(f"/s/{token}").status == 200
    store.close()
    link_index.of(store).write()  # of who has looked: the timer for that may ring after the end
    following = Store.open(tmp_path / "following.duckdb")
    monkeypatch.setattr(stores, "default", lambda: following)
    monkeypatch.setattr(authenticate, "of_request", lambda _: Reader("manager"))
    share, known = given_out(following, PAGE)
    assert [ask(path).status for path in (f"/s/preview?share={share.id}", f"/s/{known}", f"/s/{token}")] == [200, 200, 404]
    following.close()
