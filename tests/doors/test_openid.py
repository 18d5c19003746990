"""Who signed in at the provider is what the lists say: by verified address, domain or claim, until the provider's word ends."""

import json
import time

import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from pages.access import openid, session_cookie
from pages.access.settings import Settings, made
from pages.streamlit_server import USER_COOKIE_NAME

SECRET = "c" * 40
ORIGIN = "https://pulse.firm.example"
DOORS = Settings(
    providers=("default", "firm"),
    managers=("Anna@firm.example", "groups:support-leads", "https://firm.example/role:lead"),
    viewers=("@firm.example", "hd:firm.example"),
)
ANNA = {"email": "anna@firm.example", "email_verified": True}


@pytest.fixture(autouse=True)
def provider(monkeypatch):
    monkeypatch.setattr(openid, "get_cookie_secret", lambda: SECRET)
    monkeypatch.setattr(openid, "get_origin_from_redirect_uri", lambda: ORIGIN)


def cookies(secret: str = SECRET, **said) -> dict[str, str]:
    """What Streamlit sets after a sign-in."""
    told = {"exp": time.time() + 600, "origin": ORIGIN, "is_logged_in": True, "provider": "default"} | said
    return {USER_COOKIE_NAME: create_signed_value(secret, USER_COOKIE_NAME, json.dumps(told)).decode()}


@pytest.mark.parametrize(
    ("said", "role"),
    [
        (ANNA, "manager"),
        (ANNA | {"email": "ANNA@Firm.Example"}, "manager"),
        (ANNA | {"email": "ben@firm.example"}, "viewer"),
        (ANNA | {"email_verified": False}, None),
        ({"email": "anna@firm.example"}, None),
        (ANNA | {"email": "ben@other.example"}, None),
        (ANNA | {"email": "ben@notfirm.example"}, None),
        (ANNA | {"email": "ben@firm.example.evil.example"}, None),
        (ANNA | {"email": "ben@evil.example@firm.example"}, None),
        (ANNA | {"email": "ben@evil.example\n@firm.example"}, None),
        (ANNA | {"email": "ben@ﬁrm.example"}, None),
        (ANNA | {"email": ["anna@firm.example"]}, None),
        ({"sub": "1", "groups": ["support-leads", "all"]}, "manager"),
        ({"sub": "1", "groups": "support-leads"}, "manager"),
        ({"sub": "1", "groups": ["support-leads-of-others"]}, None),
        ({"sub": "1", "groups": {"support-leads": 1}}, None),
        ({"sub": "1", "https://firm.example/role": "lead"}, "manager"),
        ({"sub": "1", "hd": "firm.example"}, "viewer"),
        ({}, None),
    ],
)
def test_the_lists_give_the_role(said, role):
    found = openid.reader(cookies(**said), DOORS)
    assert (found.role if found else None) == role


def test_an_address_is_no_claim_that_goes_unverified():
    doors = Settings(providers=("default",), managers=("email:anna@firm.example",))
    assert openid.reader(cookies(**ANNA), doors) is None


def test_a_provider_that_never_says_verified_can_be_trusted_but_a_plain_no_stays_no():
    doors = Settings(providers=("default",), managers=("@firm.example",), emails_are_verified=True)
    assert openid.reader(cookies(email="anna@firm.example"), doors) is not None
    assert openid.reader(cookies(email="anna@firm.example", email_verified=False), doors) is None


@pytest.mark.parametrize("exp", [None, 0, True, "9999999999", 946_684_800, [], float("nan")])
def test_the_providers_word_ends(exp):
    assert openid.reader(cookies(**ANNA, exp=exp), DOORS) is None


@pytest.mark.parametrize(
    "odd",
    [
        {"origin": "https://other.example"},
        {"is_logged_in": False},
        {"is_logged_in": "yes"},
        {"provider": "elsewhere"},
        {"provider": None},
    ],
)
def test_a_cookie_for_something_else_is_nobodys(odd):
    assert openid.reader(cookies(**ANNA | odd), DOORS) is None


def test_a_forged_or_changed_cookie_is_nobodys():
    assert openid.reader(cookies("another secret of the same length as ours", **ANNA), DOORS) is None
    good = cookies(**ANNA)[USER_COOKIE_NAME]
    for bad in ("", good[:-1], good[1:], "chunks-2", json.dumps(ANNA)):
        assert openid.reader({USER_COOKIE_NAME: bad}, DOORS) is None


def test_a_long_cookie_comes_in_parts():
    told = json.dumps({"exp": time.time() + 600, "origin": ORIGIN, "is_logged_in": True, "provider": "firm"} | ANNA)
    parts = {USER_COOKIE_NAME: "chunks-2", f"{USER_COOKIE_NAME}_1": told[:50], f"{USER_COOKIE_NAME}_2": told[50:]}
    signed = {name: create_signed_value(SECRET, name, value).decode() for name, value in parts.items()}
    assert openid.reader(signed, DOORS) is not None
    assert openid.reader({name: signed[name] for name in list(signed)[:2]}, DOORS) is None


def test_who_signed_out_is_out():
    held = cookies(**ANNA)
    session_cookie.end(held[USER_COOKIE_NAME])
    assert openid.reader(held, DOORS) is None


AUTH = {
    "redirect_uri": f"{ORIGIN}/oauth2callback",
    "cookie_secret": SECRET,
    "client_id": "a",
    "client_secret": "b",
    "server_metadata_url": "https://login.example/.well-known/openid-configuration",
}


def test_complete_settings_have_no_problem():
    found = made({"managers": ["@firm.example"]}, AUTH, {"DESKPULSE_VIEWERS": "a@x.example, b@x.example"})
    assert found.problems == ()
    assert found.open
    assert found.viewers == ("a@x.example", "b@x.example")
    named = {key: AUTH[key] for key in ("redirect_uri", "cookie_secret")} | {"firm": AUTH}
    assert made({}, named, {}).providers == ("firm",)


@pytest.mark.parametrize(
    ("access", "auth"),
    [
        ({"password": "plain text"}, {}),
        ({"viewer_password": "plain text"}, {}),
        ({"secret": "short"}, {}),
        ({"manager": ["@firm.example"]}, {}),
        ({}, AUTH | {"cookie_secret": "short"}),
        ({}, AUTH | {"redirect_uri": ORIGIN}),
        ({}, AUTH | {"client_secret": ""}),
        ({}, {"cookie_secret": SECRET, "redirect_uri": AUTH["redirect_uri"]}),
    ],
)
def test_half_a_door_lets_nobody_in_and_says_why(access, auth):
    found = made(access, auth, {})
    assert found.problems
    assert found.any
    assert not found.open
