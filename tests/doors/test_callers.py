"""Who is made to wait, and where a reader may be led: headers that anybody can write decide neither."""

import time

import pytest
from starlette.requests import Request

from pages.access import request_origin
from pages.access.settings import Settings
from pages.server import authenticate

PROXY = Settings(trusted_proxy=("127.0.0.1", "10.88.0.0/16"))


def request(caller: str, *forwarded: str, scheme: str = "http", **headers: str) -> Request:
    said = [(b"x-forwarded-for", line.encode()) for line in forwarded]
    said += [(name.encode(), value.encode()) for name, value in headers.items()]
    return Request(
        {
            "type": "http",
            "method": "GET",
            "path": "/",
            "scheme": scheme,
            "client": (caller, 1),
            "headers": said,
            "server": ("x", 80),
        }
    )


@pytest.mark.parametrize(
    ("settings", "caller", "forwarded", "address"),
    [
        (Settings(), "192.0.2.1", [], "192.0.2.1"),
        (Settings(), "192.0.2.1", ["198.51.100.7"], "192.0.2.1"),
        (Settings(), "198.51.100.7", ["198.51.100.7"], "127.0.0.1"),  # what uvicorn makes of a program on this machine
        (PROXY, "192.0.2.1", ["198.51.100.7"], "192.0.2.1"),
        (PROXY, "127.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        (PROXY, "198.51.100.7", ["203.0.113.9, 198.51.100.7"], "198.51.100.7"),
        (PROXY, "10.88.0.1", ["203.0.113.9, 198.51.100.7"], "198.51.100.7"),
        (PROXY, "10.88.0.1", ["203.0.113.9", "198.51.100.7, 10.88.0.5"], "198.51.100.7"),
        (PROXY, "10.88.0.1", ["nonsense"], "nonsense"),
    ],
)
def test_only_a_named_proxy_says_for_whom_it_asks(settings, caller, forwarded, address):
    assert request_origin.address(request(caller, *forwarded), settings) == address


@pytest.mark.parametrize("place", ["/", "/tickets?behind=csat&channel=a%2Fb", "/s/abc"])
def test_addresses_of_ours_are_kept(place):
    assert request_origin.inside(place) == place


@pytest.mark.parametrize(
    "place",
    ["", "tickets", "//x", "/\\x", "/a\\b", "/a b", "/a\nb", "http://x", "javascript:1", "/sign-in", "/sign-out", "/auth/logout"],
)
def test_other_addresses_lead_to_the_first_page(place):
    assert request_origin.inside(place) == "/"


def test_https_is_known_from_the_browser_or_the_connection():
    assert request_origin.secure(request("127.0.0.1", scheme="https"))
    assert request_origin.secure(request("127.0.0.1", origin="https://pulse.example"))
    assert not request_origin.secure(request("127.0.0.1", origin="http://localhost:8501"))


@pytest.mark.parametrize(
    ("said", "foreign"),
    [
        ({"host": "pulse.example", "origin": "https://pulse.example"}, False),
        ({"host": "pulse.example:8443", "origin": "https://pulse.example:8443"}, False),
        ({"host": "pulse.example"}, False),  # no browser
        ({"host": "pulse.example", "origin": "https://evil.example"}, True),
        ({"host": "localhost:8501", "origin": "http://localhost:3000"}, True),
        ({"host": "localhost:8501", "origin": "null"}, True),
        ({"host": "pulse.example", "origin": "https://pulse.example:8443"}, True),
        ({"origin": "https://pulse.example"}, True),
    ],
)
def test_a_page_of_another_address_is_told_by_its_host_and_port(said, foreign):
    assert request_origin.foreign(said) == foreign


def test_asking_who_it_is_costs_next_to_nothing(monkeypatch):
    monkeypatch.setenv("DESKPULSE_PASSWORD", "scrypt$1$1$1$AA==$AA==")
    monkeypatch.setenv("DESKPULSE_SECRET", "s" * 40)
    asked = request("192.0.2.1", cookie="deskpulse_session=manager.9999999999.abc.def")
    began = time.perf_counter()
    for _ in range(500):
        assert authenticate.of_request(asked) is None
    assert (time.perf_counter() - began) / 500 < 0.002
