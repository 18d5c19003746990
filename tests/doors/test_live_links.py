"""Live links on a real server: their readers see the shared pages through the shared filters, whatever they ask for."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash

from data.store import Store
from data.workspace.shares import Offer
from pages import menu
from pages.access import passwords
from pages.report import gather, share_filters
from pages.sharing import link_index
from queries import Filters
from tests.doors import people, wire
from tests.doors.conftest import MANAGER, VIEWER

SHARED = ("response-times", "satisfaction", "loyalty", "churn", "themes")
OTHERS = [entry.path for entry in menu.entries() if entry.path not in SHARED]
HELD = Filters(range="last-90d", channel=("email",))
SAID = "Email; 22 Aug to 19 Nov 2025"  # the start of the sentence that says what is shown


WHOLE = tuple(entry.path for entry in gather.printable(menu.entries()))


def offered(
    store: Store, lasts: timedelta = timedelta(days=7), passcode: str = "", pages: tuple[str, ...] = SHARED
) -> tuple[str, str]:
    kept = passwords.hashed(passcode) if passcode else None
    share, token = link_index.of(store).add(
        Offer("For the board", "Look at this", pages, "", "", lasts, kept, "live", share_filters.text(HELD))
    )
    return share.id, token


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A server with a door and live links: one that lasts, one to withdraw, and one with a passcode."""
    path = people.build(tmp_path_factory.mktemp("live") / "world.duckdb")
    store = Store.open(path)
    made = {name: offered(store) for name in ("good", "other", "withdrawn")}
    made["whole"] = offered(store, pages=WHOLE)
    made["coded"] = offered(store, passcode="open sesame")
    store.close()
    doors = {"DESKPULSE_PASSWORD": passwords.hashed(MANAGER), "DESKPULSE_VIEWER_PASSWORD": passwords.hashed(VIEWER)}
    with wire.served(path, DESKPULSE_SECRET="s" * 40, **doors) as port:
        found = {"port": str(port)} | {name: token for name, (_, token) in made.items()}
        yield found | {f"{name}_id": name_id for name, (name_id, _) in made.items()}


@pytest.fixture(scope="module")
def port(house: dict[str, str]) -> int:
    return int(house["port"])


@pytest.fixture(scope="module")
def guest(house: dict[str, str], port: int) -> str:
    return entered(port, house["good"])


def entered(port: int, token: str) -> str:
    """The cookie that opening a link gives."""
    answer = wire.ask(port, "GET", f"/s/{token}")
    assert (answer.status, answer.headers["location"]) == (303, "../")
    return answer.cookie


def test_a_link_gives_a_cookie_out_of_reach_of_scripts_and_other_sites(house, port):
    answer = wire.ask(port, "GET", f"/s/{house['good']}")
    said = answer.headers["set-cookie"].lower()
    assert all(word in said for word in ("httponly", "samesite=lax", "max-age=", "path=/"))
    assert house["good"] not in answer.headers["set-cookie"]
    assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", SHARED)
def test_a_guest_sees_a_shared_page_without_anybody_in_it(port, guest, path):
    said = wire.page(port, path, cookie=guest)
    question = next(entry.question for entry in menu.entries() if entry.path == path)
    assert question in said
    assert SAID in said
    assert not (found := people.PERSONAL.search(said)), said[max(found.start() - 200, 0) : found.end() + 100]
    assert not re.search(r"Agent [A-R]\b", said)
    assert "Where this number comes from" not in said
    assert "download_button" not in said
    assert "multiselect" not in said
    assert 'label: "Share"' not in said


def test_no_page_that_can_be_shared_tells_of_anybody(house, port):
    cookie = entered(port, house["whole"])
    for path in WHOLE:
        said = wire.page(port, path, cookie=cookie)
        assert next(entry.question for entry in menu.entries() if entry.path == path) in said
        assert SAID in said
        assert not (found := people.PERSONAL.search(said)), said[max(found.start() - 200, 0) : found.end() + 100]
        assert not re.search(r"Agent [A-R]\b", said), path
        assert "Where this number comes from" not in said
        assert "could not be worked out" not in said


@pytest.mark.parametrize("path", OTHERS)
def test_the_address_of_another_page_leads_to_a_shared_one(port, guest, path):
    said = wire.page(port, path, cookie=guest)
    entry = next(entry for entry in menu.entries() if entry.path == path)
    assert entry.question not in said
    assert f'"{entry.path}"' not in said  # nor in the menu
    assert "How long do customers wait for us?" in said
    assert not people.PERSONAL.search(said)


WIDER = (
    "range=all",
    "range=custom&from=2024-11-21&to=2025-11-20&channel=chat",
    "channel=chat&channel=phone&team=Billing",
    "customer=customer-7",
    "live=&range=all&agent=Agent+A",
    "behind=csat&search=Wilhelmina&why=csat",
    "theme=<script>alert(1)</script>&range=%00",
)


@pytest.fixture(scope="module")
def numbers(port: int, guest: str) -> list[str]:
    return tiles(wire.page(port, "response-times", "", cookie=guest))


def tiles(said: str) -> list[str]:
    return re.findall(r'class=\\"dp-value[^>]*>([^<]*)<', said)


@pytest.mark.parametrize("query", WIDER)
def test_no_address_changes_what_a_guest_sees(port, guest, numbers, query):
    said = wire.page(port, "response-times", query, cookie=guest)
    assert len(numbers) >= 3
    assert tiles(said) == numbers
    assert SAID in said
    assert "alert(1)" not in said


def crafted(link, *widgets: str, part: str = "", patience: float = 60) -> str:
    """A message as nobody's browser would send it: states for widgets that others have."""
    wish = BackMsg()
    wish.rerun_script.query_string, wish.rerun_script.page_script_hash = "range=all", calc_hash("response-times")
    wish.rerun_script.fragment_id = part
    for key in widgets:
        wish.rerun_script.widget_states.widgets.add(id=f"$$ID-0123456789abcdef0123456789abcdef-{key}", string_value="all")
        wish.rerun_script.widget_states.widgets.add(id=key, string_array_value={"data": ["chat"]})
    return sent(link, wish, patience)


def sent(link, wish: BackMsg, patience: float = 60) -> str:
    """What the server says to it; a part that is not there is not answered at all."""
    link.send(wish.SerializeToString())
    parts = []
    with suppress(TimeoutError):
        while True:
            message = ForwardMsg.FromString(link.recv(timeout=patience))
            parts.append(str(message))
            if message.WhichOneof("type") == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                break
    return "\n".join(parts)


def test_no_message_changes_what_a_guest_sees(port, guest, numbers):
    with wire.opened(port, cookie=guest) as link:
        wire.run(link, "response-times")
        said = crafted(link, "range", "channel", "range-shown", "customer", "live", "share-open", "why-tile-median-wait")
        assert tiles(said) == numbers
        assert SAID in said
        assert "dialog" not in said


def test_parts_of_a_managers_page_are_not_there_for_a_guest(house, port, guest):
    manager = wire.sign_in(port, MANAGER).cookie
    with wire.opened(port, cookie=manager) as theirs:
        parts = re.findall(r'fragment_id: "([^"]+)"', wire.run(theirs, "response-times"))
        assert parts
        with wire.opened(port, cookie=guest) as link:
            wire.run(link, "response-times")
            for part in list(dict.fromkeys(parts))[:4]:
                said = crafted(link, "why-tile-first-reply", part=part, patience=1)
                assert "Rows behind it" not in said
                assert not people.PERSONAL.search(said)


def test_a_guest_cannot_go_on_with_anothers_session(port, guest):
    manager = wire.sign_in(port, MANAGER).cookie
    with wire.opened(port, cookie=manager) as link:
        session = re.search(r'session_id: "([^"]+)"', wire.run(link, "import"))
    assert session
    with wire.opened(port, session=session[1], cookie=guest) as link:
        said = wire.run(link, "import")
    assert "How long do customers wait for us?" in said
    assert session[1] not in said


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/rows.csv?behind=csat&range=all", 403),
        ("PUT", "/upload", 403),
        ("PUT", "/_stcore/upload_file/a/b", 403),
        ("GET", "/media/0123456789abcdef.csv", 403),
        ("GET", "/s/preview?share=1", 404),
    ],
)
def test_a_guest_gets_no_rows_and_changes_nothing(port, guest, method, path, status):
    answer = wire.ask(port, method, path, cookie=guest, sec_fetch_site="same-origin", x_file_name="a.csv")
    assert answer.status == status
    assert not people.PERSONAL.search(answer.body)


def test_a_cookie_of_nobodys_making_opens_nothing(house, port, guest):
    name, _, value = guest.partition("=")
    ident, until, signature = value.split(".")
    forged = [
        f"{ident}.9999999999.{signature}",
        f"{house['other_id']}.{until}.{signature}",
        f"{ident}.{until}.",
        f"{ident}.{until}.{'0' * 64}",
        f"{ident}..{signature}",
        "..",
        "%00",
        "a" * 3000,
    ]
    for value in forged:
        assert "Sign in to go on" in wire.page(port, "response-times", cookie=f"{name}={value}")
        assert wire.ask(port, "GET", "/response-times", cookie=f"{name}={value}").status == 303


def manager_withdraws(port: int, ident: str) -> None:
    """As the two buttons do it: the link's own, and the one that asks again."""
    with wire.opened(port, cookie=wire.sign_in(port, MANAGER).cookie) as link:
        window = pressed(link, wire.run(link, "share"), f"revoke-{ident}")
        pressed(link, window, "revoke-yes", part=re.findall(r'fragment_id: "([^"]+)"', window)[-1])


def pressed(link, said: str, key: str, part: str = "") -> str:
    """A click on a button of the page that was told."""
    found = re.search(rf'id: "(\$\$ID-[^"]*-{re.escape(key)})"', said)
    assert found, key
    wish = BackMsg()
    wish.rerun_script.page_script_hash, wish.rerun_script.fragment_id = calc_hash("share"), part
    wish.rerun_script.widget_states.widgets.add(id=found[1], trigger_value=True)
    return sent(link, wish)


def test_withdrawing_ends_an_open_page_and_every_copy_of_its_cookie(house, port):
    cookie = entered(port, house["withdrawn"])
    with wire.opened(port, cookie=cookie) as link:
        part = re.findall(r'fragment_id: "([^"]+)"', wire.run(link, "response-times"))[-1]
        manager_withdraws(port, house["withdrawn_id"])
        said = wire.run(link, "response-times", part=part)  # what an open page sends by itself
        assert "This link has ended" in said
        assert not tiles(said)
        assert "This link has ended" in wire.run(link, "satisfaction")
    assert "This link has ended" in wire.page(port, "response-times", cookie=cookie)
    plain = wire.ask(port, "GET", "/response-times", cookie=cookie)
    assert (plain.status, "This link has ended" in plain.body) == (404, True)
    assert wire.ask(port, "GET", f"/s/{house['withdrawn']}").status == 404
