"""The password door as browsers meet it, on a real server."""

import re
import subprocess
import sys
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient
from streamlit import net_util
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.web.server import server_util
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

import dashboard
from pages.server.middleware import bare
from tests.doors import wire
from tests.doors.conftest import MANAGER, VIEWER
from tests.pages.conftest import ROOT

ROWS = "/rows.csv?behind=csat&range=all"


def test_the_wanted_address_survives_the_sign_in(locked):
    answer = wire.sign_in(locked, MANAGER, to="/response-times?channel=chat&range=last-28d")
    assert (answer.status, answer.headers["location"]) == (303, "/response-times?channel=chat&range=last-28d")


@pytest.mark.parametrize(
    "to",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=y",
        "",
        "/sign-out",
        "\t//evil.example",
        "/" + "x" * 9000,
    ],
)
def test_a_sign_in_leads_nowhere_else(locked, to):
    assert wire.sign_in(locked, MANAGER, to=to).headers["location"] == "/"
    assert "evil" not in wire.ask(locked, "GET", f"/sign-in?to={quote(to)}").body


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(locked):
    plain = wire.sign_in(locked, MANAGER).headers["set-cookie"].lower()
    assert all(word in plain for word in ("httponly", "samesite=lax", "max-age=43200", "path=/"))
    assert "secure" not in plain
    behind_https = wire.sign_in(locked, MANAGER, origin="https://pulse.example", host="pulse.example").headers["set-cookie"]
    assert "secure" in behind_https.lower()


def test_the_page_of_the_door_holds_nothing_from_elsewhere(locked):
    answer = wire.ask(locked, "GET", "/sign-in?to=" + quote('/"><script>alert(1)</script>'))
    assert "<script" not in answer.body
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


def test_a_wrong_password_sets_no_cookie(locked):
    answer = wire.sign_in(locked, "wrong")
    assert answer.status == 401
    assert "set-cookie" not in answer.headers
    assert "That is not the password." in answer.body
    assert wire.sign_in(locked, MANAGER).status == 303


@pytest.mark.parametrize("who", ["nobody", "forger"])
def test_without_a_good_cookie_there_are_no_rows(locked, signed_in, who):
    assert wire.ask(locked, "GET", ROWS, cookie=signed_in[who]).status == 403


def test_a_viewer_takes_rows_without_names_and_brings_nothing(locked, signed_in):
    assert wire.ask(locked, "GET", ROWS, cookie=signed_in["viewer"]).status == 200
    bring = {"sec_fetch_site": "same-origin", "x_file_name": "a.csv", "cookie": signed_in["viewer"]}
    assert wire.ask(locked, "PUT", "/upload", "id\n1\n", **bring).status == 403


def test_signed_out_is_out_also_with_a_copy_of_the_cookie(locked):
    cookie = wire.sign_in(locked, VIEWER).cookie
    assert wire.ask(locked, "POST", "/sign-out", cookie=cookie, origin="https://evil.example").status == 403
    assert wire.ask(locked, "GET", ROWS, cookie=cookie).status == 200
    assert wire.ask(locked, "POST", "/sign-out", cookie=cookie, sec_fetch_site="same-origin").status == 303
    assert wire.ask(locked, "GET", ROWS, cookie=cookie).status == 403


def test_an_open_page_does_not_go_on_after_a_sign_out(locked):
    cookie = wire.sign_in(locked, MANAGER).cookie
    with wire.opened(locked, cookie=cookie) as link:
        assert "How are we doing?" in wire.run(link, "overview")
        wire.ask(locked, "POST", "/sign-out", cookie=cookie, sec_fetch_site="same-origin")
        said = wire.run(link, "import")
        assert "Sign in to go on" in said
        assert "What do we know" not in said


def test_no_part_of_an_open_page_goes_on_alone_after_a_sign_out(locked):
    cookie = wire.sign_in(locked, MANAGER).cookie
    with wire.opened(locked, cookie=cookie) as link:
        part = re.search(r'fragment_id: "([^"]+)"', wire.run(link, "response-times"))
        assert part
        assert "Sign in to go on" not in wire.run(link, "response-times", part=part[1])
        wire.ask(locked, "POST", "/sign-out", cookie=cookie, sec_fetch_site="same-origin")
        assert "Sign in to go on" in wire.run(link, "response-times", part=part[1])


@pytest.mark.parametrize("path", ["", "tickets", "loyalty", "service-and-loyalty"])
def test_who_signs_in_again_comes_back_to_the_very_page(locked, path):
    cookie, address = wire.sign_in(locked, MANAGER).cookie, f"http://127.0.0.1:{locked}/{path}"
    with wire.opened(locked, cookie=cookie) as link:
        wire.run(link, path or "overview", address=address)
        wire.ask(locked, "POST", "/sign-out", cookie=cookie, sec_fetch_site="same-origin")
        assert f"/sign-in?to=%2F{path}%3Frange%3Dall" in wire.run(link, path or "overview", address=address)


def test_of_a_message_after_the_end_only_the_wish_for_a_page_is_left():
    click = BackMsg()
    click.rerun_script.query_string, click.rerun_script.page_script_hash = "range=all", "abc"
    click.rerun_script.page_name = "tickets"
    click.rerun_script.fragment_id, click.rerun_script.context_info.url = "part", "https://pulse.example/tickets"
    click.rerun_script.widget_states.widgets.add(id="undo", trigger_value=True)
    left = BackMsg.FromString(bare(click.SerializeToString()))
    assert (left.rerun_script.query_string, left.rerun_script.page_script_hash) == ("range=all", "abc")
    assert left.rerun_script.page_name == "tickets"
    assert left.rerun_script.context_info.url == "https://pulse.example/tickets"
    assert not left.rerun_script.fragment_id
    assert not left.rerun_script.widget_states.widgets
    assert BackMsg.FromString(bare(b"\xff\xff")).WhichOneof("type") == "rerun_script"


def test_guessing_gets_slow_whatever_the_headers_say(peopled, tmp_path):
    from pages.access import passwords
    from tests.doors import people

    database = people.build(tmp_path / "guessed.duckdb")
    with wire.served(database, DESKPULSE_PASSWORD=passwords.hashed(MANAGER), DESKPULSE_SECRET="s" * 40) as port:
        told = [wire.sign_in(port, "wrong", x_forwarded_for=f"192.0.2.{number}").status for number in range(7)]
        assert told[:4] == [401] * 4
        assert told[4:] == [429] * 3
        late = wire.sign_in(port, MANAGER)
        assert late.status == 429
        assert int(late.headers["retry-after"]) >= 1


@pytest.mark.parametrize(
    "forged",
    [
        {"x_forwarded_for": "127.0.0.1"},
        {"x_forwarded_for": "127.0.0.1, 127.0.0.1"},
        {"forwarded": "for=127.0.0.1;host=localhost"},
        {"x_forwarded_host": "localhost"},
        {"x_real_ip": "127.0.0.1"},
        {"x_forwarded_proto": "https"},
        {"host": "pulse.example"},
        {"origin": "https://pulse.example"},
        {"referer": "https://pulse.example/"},
    ],
)
def test_forged_headers_make_nobody_local(open_house, forged):
    assert wire.ask(open_house, "GET", ROWS).status == 200
    assert wire.ask(open_house, "GET", ROWS, **forged).status == 403


def test_a_page_through_a_proxy_without_a_door_says_how_to_set_one_up(open_house):
    assert "is not open to others yet" in wire.page(open_house, "overview", x_forwarded_for="127.0.0.1")
    assert "is not open to others yet" in wire.page(open_house, "import", x_real_ip="127.0.0.1")
    assert "How are we doing?" in wire.page(open_house, "overview")


@pytest.fixture(scope="module")
def open_house(tmp_path_factory):
    """A server without a door."""
    from tests.doors import people

    with wire.served(people.build(tmp_path_factory.mktemp("open") / "world.duckdb")) as port:
        yield port


def test_nobody_goes_on_with_the_session_of_another_reader(locked):
    cookie = wire.sign_in(locked, MANAGER).cookie
    with wire.opened(locked, cookie=cookie) as link:
        session = re.search(r'session_id: "([^"]+)"', wire.run(link, "import"))
    assert session
    with wire.opened(locked, session[1]) as link:
        assert session[1] not in wire.run(link, "import")


@pytest.mark.browser
def test_in_a_browser_one_signs_in_reads_and_signs_out(locked, window):
    window.goto(f"http://127.0.0.1:{locked}/response-times?channel=chat")
    window.get_by_label("Password").fill(VIEWER)
    window.get_by_role("button", name="Sign in").click()
    window.locator("h1.dp-question").wait_for()
    assert window.url.endswith("/response-times?channel=chat")
    assert "Viewer" in window.locator(".st-key-signed-in").inner_text()
    assert window.get_by_role("link", name="Import").count() == 0
    window.locator(".dp-sign-out button").click()
    window.wait_for_url("**/sign-in")
    window.go_back()
    window.get_by_role("heading", name="Sign in").wait_for()
    assert window.locator("h1.dp-question").count() == 0


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:1", "http://localhost:3000", "null"])
def test_a_page_of_another_address_gets_no_connection_also_with_the_cookie_of_a_manager(locked, signed_in, origin):
    with pytest.raises(InvalidStatus) as refused:
        connect(
            f"ws://127.0.0.1:{locked}/_stcore/stream",
            origin=Origin(origin),
            subprotocols=[Subprotocol("streamlit")],
            additional_headers={"cookie": signed_in["manager"]},
        )
    assert refused.value.response.status_code == 403


def test_a_page_of_another_site_makes_the_server_ask_nobody_for_its_outside_address(monkeypatch):
    asked = []
    monkeypatch.setattr(net_util, "_make_blocking_http_get", lambda *where, **more: asked.append(where))
    client = TestClient(dashboard.app)
    client.get("/_stcore/health", headers={"Origin": "https://evil.example"})
    assert not server_util.is_url_from_allowed_origins("https://evil.example")
    assert not asked


def test_the_server_asks_nobody_for_its_outside_address_when_it_starts_for_others(tmp_path):
    """As the container does; nothing of Streamlit's is replaced yet at that moment."""
    started = (
        "from streamlit import config, net_util\n"
        "from streamlit.web import bootstrap\n"
        "net_util._make_blocking_http_get = lambda *where, **more: print('asked', where)\n"
        "config.get_config_options(options_from_flags={'server.address': '0.0.0.0'})\n"
        "bootstrap._print_url(False)\n"
    )
    done = subprocess.run([sys.executable, "-c", started], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert "http://127.0.0.1:8501" in done.stdout, done.stderr
    assert "asked" not in done.stdout
