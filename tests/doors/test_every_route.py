"""Every route answers every role as declared here. A new route fails until somebody has said who may use it."""

import csv

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

import dashboard
from data import store as stores
from data.store import Store
from data.workspace import targets
from data.workspace.targets import Promise
from pages import menu
from pages.access import passwords
from pages.access.reader import Reader
from pages.server import authenticate
from pages.server.middleware import Gate
from tests.doors import people

ROLES = ("nobody", "guest", "viewer", "manager")
FIRST = f"/{menu.entries()[0].path}"
# What nobody, a guest, a viewer and a manager get, from a page of our own. `*` stands for everything the browser may add.
DECLARED = {
    ("GET", "/healthz"): (200, 200, 200, 200),
    ("PUT", "/upload"): (403, 403, 403, 400),  # 400: allowed, but the file has no name
    ("GET", "/rows.csv"): (403, 403, 200, 200),
    ("GET", FIRST): (303, 307, 307, 307),
    ("GET", "/sign-in"): (200, 200, 303, 303),  # who looks by a link may have a better way in
    ("POST", "/sign-in"): (401, 401, 401, 401),
    ("GET", "/sign-in/with"): (404, 404, 404, 404),  # no provider here
    ("POST", "/sign-out"): (303, 303, 303, 303),
    ("GET", "/s/{token}"): (404, 404, 404, 404),  # these tokens open nothing; tests of shared reports have ones that do
    ("POST", "/s/{token}"): (404, 404, 404, 404),
    ("GET", "/s/{token}/download"): (404, 404, 404, 404),
    ("GET", "/s/static/{name}"): (404, 404, 404, 404),
    ("GET", "/s/preview"): (404, 404, 404, 404),
}
ASKED = {"/rows.csv": "?behind=first_reply_time&range=all"}
# Streamlit's own ways in and out that carry data, behind the same question.
STREAMLIT = {"/media/0123.csv": (403, 403, 200, 200), "/_stcore/upload_file/a/b": (403, 403, 403, 200)}


def ways() -> list[tuple[str, str]]:
    found = [(method, route.path) for route in dashboard.routes for method in sorted(route.methods or ())]
    return [way for way in found if way[0] != "HEAD"]


@pytest.fixture(scope="module")
def client(peopled, tmp_path_factory):
    """The routes and the gate as the server has them, in this process."""
    patch = pytest.MonkeyPatch()
    patch.setenv("DESKPULSE_PASSWORD", passwords.hashed("correct horse battery"))
    patch.setenv("DESKPULSE_SECRET", "s" * 40)
    store = Store.open(people.build(tmp_path_factory.mktemp("routes") / "world.duckdb"))
    patch.setattr(stores, "default", lambda: store)

    async def fine(_):
        return PlainTextResponse("Streamlit")

    behind = [Route(path, fine, methods=["GET", "PUT"]) for path in STREAMLIT]
    yield TestClient(Starlette(routes=[*dashboard.routes, *behind], middleware=[Middleware(Gate)]), follow_redirects=False)
    store.close()
    patch.undo()


def as_(monkeypatch, role: str) -> None:
    reader = None if role == "nobody" else Reader(role)
    monkeypatch.setattr(authenticate, "of_request", lambda _: reader)


def test_every_route_is_declared():
    assert sorted(ways()) == sorted(DECLARED), "say in DECLARED what each role gets from a new route"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("method", "path"), DECLARED)
def test_a_route_answers_a_role_as_declared(client, monkeypatch, method, path, role):
    as_(monkeypatch, role)
    answer = client.request(method, path + ASKED.get(path, ""), headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == DECLARED[method, path][ROLES.index(role)]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", STREAMLIT)
def test_streamlits_own_files_are_asked_for_too(client, monkeypatch, path, role):
    as_(monkeypatch, role)
    assert client.get(path).status_code == STREAMLIT[path][ROLES.index(role)]


@pytest.mark.parametrize(
    "site", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}, {}]
)
@pytest.mark.parametrize(("method", "path"), [way for way in DECLARED if way[0] != "GET"])
def test_nothing_is_changed_for_a_page_of_another_site(client, monkeypatch, method, path, site):
    as_(monkeypatch, "manager")
    assert client.request(method, path, headers=site).status_code == 403


@pytest.mark.parametrize("role", ["nobody", "guest", "viewer"])
@pytest.mark.parametrize("metric", ["first_reply_time", "nps", "customer_churn"])
def test_no_route_tells_personal_data_to_those_who_may_not_see_it(client, monkeypatch, metric, role):
    as_(monkeypatch, role)
    for more in ("", "&left_out=yes", "&search=Wilhelmina", "&search=customer-7", "&customer=customer-7"):
        said = client.get(f"/rows.csv?behind={metric}&range=all{more}").text
        assert not people.PERSONAL.search(said)
        assert role == "viewer" or "," not in said


def test_the_rows_that_broke_a_target_are_a_file_too(client, monkeypatch):
    store = stores.default()
    targets.add(store, Promise("first_reply_time", 90.0, 60.0))
    (made,) = targets.every(store)
    address = f"/rows.csv?behind=first_reply_time&range=all&target={made.id}"
    as_(monkeypatch, "manager")
    rows = list(csv.DictReader(client.get(address).text.removeprefix("\ufeff").splitlines()))
    waits = [float(row["reply_wait"]) for row in rows]
    assert waits == sorted(waits, reverse=True)
    assert waits[-1] > 60
    assert any(people.PERSONAL.search(str(row)) for row in rows)
    as_(monkeypatch, "viewer")
    said = client.get(address).text
    assert said.count("\n") == len(rows) + 1
    assert not people.PERSONAL.search(said)
    assert client.get(address + "0").status_code == 404
    assert client.get(address.replace("first_reply_time", "csat")).status_code == 404
    targets.forget(store, made)


def test_a_search_for_what_is_hidden_finds_nothing(client, monkeypatch):
    as_(monkeypatch, "viewer")
    for word in ("Wilhelmina", "Quuxworks", "customer-7", "person7@"):
        assert client.get(f"/rows.csv?behind=customer_churn&range=all&search={word}").text.count("\n") == 1
    as_(monkeypatch, "manager")
    assert client.get("/rows.csv?behind=customer_churn&range=all&search=Quuxworks").text.count("\n") > 100


@pytest.mark.parametrize("entry", menu.entries(), ids=lambda entry: entry.path)
def test_a_stranger_is_led_from_every_page_to_the_sign_in_and_back(client, monkeypatch, entry):
    as_(monkeypatch, "nobody")
    answer = client.get(f"/{entry.path}?channel=chat&range=last-28d")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"/sign-in?to=%2F{entry.path}%3Fchannel%3Dchat%26range%3Dlast-28d",
    )
    form = client.get(answer.headers["location"]).text
    assert f'value="/{entry.path}?channel=chat&amp;range=last-28d"' in form
