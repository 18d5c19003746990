"""What people with time on their hands send to every route: foreign forms, forged headers, odd paths, old cookies, giant words."""

import http.client
from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

import dashboard
import queries
from data import store as stores
from data.store import Store
from data.workspace.shares import Offer
from pages import menu
from pages.access import passwords, settings
from pages.access.reader import Reader
from pages.context import Context
from pages.document.report import NothingToShare
from pages.report import gather, share_filters
from pages.screen.sharing.share_dialog import Wish
from pages.server import authenticate
from pages.server.middleware import Gate
from pages.sharing import create, guest_cookie, link_index, passcode
from queries import Filters
from tests.doors import people
from tests.doors.test_every_route import DECLARED, ways

PAGES = gather.printable(menu.entries())[:1]
HIT = "<script>window.hit=1</script>"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = Store.open(people.build(tmp_path_factory.mktemp("hostile") / "world.duckdb"))
    yield opened
    opened.close()


@pytest.fixture
def door(store, monkeypatch):
    """The routes and the gate, with a door."""
    monkeypatch.setenv("DESKPULSE_PASSWORD", passwords.hashed("correct horse battery"))
    monkeypatch.setenv("DESKPULSE_SECRET", "s" * 40)
    return opened(store, monkeypatch)


def opened(store, monkeypatch) -> TestClient:
    monkeypatch.setattr(stores, "default", lambda: store)
    monkeypatch.setattr(link_index, "_at_hand", [])
    monkeypatch.setattr(passcode, "tries", passcode.Tries())
    whole = Starlette(routes=dashboard.routes, middleware=[Middleware(Gate)])
    return TestClient(whole, base_url="http://localhost", client=("127.0.0.1", 5000), follow_redirects=False)


def offered(store, **more):
    given = {"title": "A view", "kind": "live", "pages": ("overview",), "question": share_filters.text(Filters())}
    return link_index.of(store).add(Offer(**given | more))


@pytest.mark.parametrize("path", sorted({path for _, path in DECLARED}))
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_foreign_page_changes_nothing_by_any_route_and_any_method(store, door, monkeypatch, method, path):
    monkeypatch.setattr(authenticate, "of_request", lambda _: Reader("manager"))
    _, token = offered(store, passcode_hash=passwords.hashed("open sesame"))
    before = store.version(), len(link_index.of(store).working())
    for site in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}, {}):
        answer = door.request(method, path.replace("{token}", token), headers=site, content="passcode=open+sesame&password=x&to=/")
        assert answer.status_code in ((403,) if (method, path) in ways() else (403, 405))
        assert "set-cookie" not in answer.headers
    assert (store.version(), len(link_index.of(store).working())) == before


FORGED = (
    {"X-Forwarded-For": "127.0.0.1"},
    {"Forwarded": "for=127.0.0.1;host=localhost;proto=https"},
    {"X-Real-IP": "127.0.0.1"},
    {"X-Forwarded-Host": "localhost", "X-Forwarded-Proto": "https"},
    {"Host": "pulse.example"},
    {"Origin": "https://evil.example"},
)


@pytest.mark.parametrize(("method", "path"), DECLARED)
@pytest.mark.parametrize("forged", FORGED, ids=lambda one: " ".join(one))
def test_forged_headers_make_a_manager_of_nobody_on_any_route(store, monkeypatch, method, path, forged):
    """Without a door the person at the machine is the manager; whoever comes through something else is nobody."""
    client = opened(store, monkeypatch)
    share, _ = offered(store)
    asked = path.replace("/s/preview", f"/s/preview?share={share.id}").replace("/rows.csv", "/rows.csv?behind=csat&range=all")
    answer = client.request(method, asked, headers=forged | {"Sec-Fetch-Site": "same-origin"})
    assert not people.PERSONAL.search(answer.text)
    if path in ("/rows.csv", "/upload"):
        assert answer.status_code == 403
    if path.startswith("/s/"):
        assert answer.status_code == 404


TRICKS = (
    "/s/../rows.csv?behind=csat",
    "/s/%2e%2e/rows.csv?behind=csat",
    "/s/..%2f..%2frows.csv",
    "/s/static/../../rows.csv?behind=csat",
    "/s/static/..%2f..%2fworld.duckdb",
    "/s/static/%2fetc%2fpasswd",
    "/s/%00",
    "/s/%00%00/download",
    "/s//",
    "/s/./preview?share=1",
    "/s/\\..\\..\\world.duckdb",
    "/s/%c0%ae%c0%ae/",
    "/s/%ff%fe",
    "/s/x;y=z?token=%00",
    "/S/preview",
    "//evil.example/%2e%2e",
    "/s/" + "a" * 20_000,
)


@pytest.mark.parametrize("path", TRICKS, ids=lambda path: path[:30])
def test_odd_paths_lead_nowhere(locked, path):
    """Sent as they are: a client library would tidy them up."""
    link = http.client.HTTPConnection("127.0.0.1", locked, timeout=30)
    link.putrequest("GET", path, skip_host=False)
    link.endheaders()
    answer = link.getresponse()
    body = answer.read().decode("utf-8", "replace")
    assert answer.status < 500
    assert "evil.example" not in (answer.getheader("location") or "")
    assert not people.PERSONAL.search(body)
    assert "root:" not in body
    assert "DUCK" not in body[:16]
    link.close()


def test_an_ended_live_link_is_ended_for_every_copy_of_its_cookie(store, door):
    share, token = offered(store)
    cookie = f"{guest_cookie.COOKIE}={guest_cookie.made(share, settings.read())}"
    assert door.get("/", headers={"Cookie": cookie}).status_code != 303  # let through to the pages
    link_index.of(store).revoke(share)
    for _ in range(2):
        ended = door.get("/", headers={"Cookie": cookie})
        assert (ended.status_code, "This link has ended" in ended.text) == (404, True)
    assert door.get(f"/s/{token}", headers={"Cookie": cookie}).status_code == 404
    assert door.get("/rows.csv?behind=csat", headers={"Cookie": cookie}).status_code == 403


def test_a_cookie_of_one_link_opens_no_other(store, door, monkeypatch):
    first, _ = offered(store)
    second, other = offered(store, passcode_hash=passwords.hashed("open sesame"))
    cookie = f"{guest_cookie.COOKIE}={guest_cookie.made(first, settings.read())}"
    assert "Passcode" in door.get(f"/s/{other}", headers={"Cookie": cookie}).text
    kept = authenticate.known({}, {guest_cookie.COOKIE: guest_cookie.made(first, settings.read())}, None)
    assert kept == Reader("guest", share=first.id) != Reader("guest", share=second.id)
    now = link_index.of(store).clock()
    monkeypatch.setattr(link_index.of(store), "clock", lambda: now + timedelta(days=31))
    assert authenticate.known({}, {guest_cookie.COOKIE: guest_cookie.made(first, settings.read())}, None) is None


@pytest.mark.parametrize(("title", "note"), [("x" * 121, ""), ("A view", "x" * 2001), (HIT * 100, HIT * 1000)])
@pytest.mark.parametrize("kind", ["frozen", "live"])
def test_giant_words_are_refused_with_a_sentence(store, title, note, kind):
    wish = Wish(title, note, PAGES, 30, "", False, None, kind == "live")
    now = Context(Reader("manager"), Filters(), store, queries.as_of(store))
    before = len(link_index.of(store).working())
    with pytest.raises(NothingToShare, match="at most 120 characters, a note at most 2,000"):
        (create.newest if kind == "live" else create.frozen)(wish, now)
    assert len(link_index.of(store).working()) == before
