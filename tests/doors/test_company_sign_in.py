"""The whole way through a provider and back, on a real server with a small provider beside it."""

import time
from collections.abc import Iterator
from http.cookies import SimpleCookie
from urllib.parse import quote, urlsplit

import pytest

from tests.doors import people, provider, wire
from tests.pages.conftest import free_port

ANNA = {"email": "anna@firm.example", "email_verified": True}
SECRETS = """
[access]
managers = ["anna@firm.example"]
viewers = ["@firm.example"]
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "0123456789012345678901234567890123456789"
client_id = "pulse"
client_secret = "known to both"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def company() -> Iterator[provider.Provider]:
    with provider.running() as server:
        yield server


@pytest.fixture(scope="module")
def joined(company, tmp_path_factory) -> Iterator[int]:
    folder, port = tmp_path_factory.mktemp("joined"), free_port()
    secrets = folder / "secrets.toml"
    secrets.write_text(SECRETS.format(port=port, provider=company.address))
    doors = {"STREAMLIT_SECRETS_FILES": str(secrets), "AUTHLIB_INSECURE_TRANSPORT": "1"}
    with wire.served(people.build(folder / "world.duckdb"), port, **doors) as served:
        yield served


def signed_in(port: int, company: provider.Provider, to: str = "/", **says: object) -> tuple[str, str]:
    """Where a browser ends up, and with which cookies."""
    company.says = says
    jar: dict[str, str] = {}
    path = f"/sign-in/with?provider=default&to={quote(to, safe='')}"
    for _ in range(6):
        answer = wire.ask(port, "GET", path, cookie=held(jar))
        keep(jar, answer)
        place = answer.headers["location"]
        if place.startswith(company.address):
            at = urlsplit(place)
            place = wire.ask(company.server_port, "GET", f"{at.path}?{at.query}").headers["location"]
        path = place.removeprefix(f"http://127.0.0.1:{port}")
        if answer.status == 302 and "_streamlit_user" in jar:
            return path, held(jar)
    raise AssertionError(f"no way through, last at {path}")


def keep(jar: dict[str, str], answer: wire.Answer) -> None:
    for line in answer.cookies:
        for name, morsel in SimpleCookie(line).items():
            jar[name] = morsel.value
            if morsel["max-age"] == "0":
                del jar[name]


def held(jar: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in jar.items())


def test_a_manager_comes_back_to_the_page_they_wanted(joined, company):
    place, cookies = signed_in(joined, company, "/response-times?channel=chat", **ANNA)
    assert place == "/response-times?channel=chat"
    assert "deskpulse_wanted" not in cookies
    assert "What do we know, and from where?" in wire.page(joined, "import", cookie=cookies)
    assert "anna@firm.example (manager)" in wire.page(joined, "overview", cookie=cookies)
    assert "Wilhelmina" in wire.ask(joined, "GET", "/rows.csv?behind=customer_churn&range=all", cookie=cookies).body


def test_a_colleague_is_a_viewer(joined, company):
    _, cookies = signed_in(joined, company, **ANNA | {"email": "ben@firm.example"})
    said = wire.ask(joined, "GET", "/rows.csv?behind=customer_churn&range=all", cookie=cookies)
    assert said.status == 200
    assert not people.PERSONAL.search(said.body)
    assert "What do we know, and from where?" not in wire.page(joined, "import", cookie=cookies)


@pytest.mark.parametrize("says", [{"email": "eve@other.example"}, {"email_verified": False}])
def test_a_stranger_is_told_so_and_sees_nothing(joined, company, says):
    _, cookies = signed_in(joined, company, **ANNA | says)
    told = wire.ask(joined, "GET", "/sign-in", cookie=cookies)
    assert told.status == 403
    assert "You are not on the list yet" in told.body
    assert wire.ask(joined, "GET", "/rows.csv?behind=csat", cookie=cookies).status == 403
    assert "Sign in to go on" in wire.page(joined, "overview", cookie=cookies)


def test_the_providers_word_is_checked_each_time(joined, company):
    _, cookies = signed_in(joined, company, **ANNA, exp=int(time.time()) + 4)
    with wire.opened(joined, cookie=cookies) as link:
        assert "How are we doing?" in wire.run(link, "overview")
        time.sleep(5)
        assert "Sign in to go on" in wire.run(link, "import")
    assert wire.ask(joined, "GET", "/rows.csv?behind=csat", cookie=cookies).status == 403
    assert "Your sign-in has ended" in wire.ask(joined, "GET", "/sign-in", cookie=cookies).body


def test_signed_out_is_out_also_with_a_copy_of_the_cookie(joined, company):
    _, cookies = signed_in(joined, company, **ANNA)
    out = wire.ask(joined, "POST", "/sign-out", cookie=cookies, sec_fetch_site="same-origin")
    assert (out.status, out.headers["location"]) == (303, "/auth/logout")
    assert wire.ask(joined, "GET", "/rows.csv?behind=csat", cookie=cookies).status == 403
