"""Who opens a live link: with a passcode, as a manager, as a viewer; and the cookie that it gives."""

from tests.doors import wire
from tests.doors.conftest import MANAGER, VIEWER
from tests.doors.test_live_links import SAID
from tests.doors.test_live_links import house as house
from tests.doors.test_live_links import port as port


def test_a_passcode_stands_before_a_live_link_too(house, port):
    asked = wire.ask(port, "GET", f"/s/{house['coded']}")
    assert (asked.status, "Passcode" in asked.body, "set-cookie" in asked.headers) == (200, True, False)
    form = {"content_type": "application/x-www-form-urlencoded", "sec_fetch_site": "same-origin"}
    right = wire.ask(port, "POST", f"/s/{house['coded']}", "passcode=open+sesame", **form)
    assert right.status == 303
    assert wire.ask(port, "GET", f"/s/{house['coded']}", cookie=right.cookie).headers["location"] == "../"


def test_a_manager_looks_as_readers_do_and_stays_a_manager(house, port):
    manager = wire.sign_in(port, MANAGER).cookie
    answer = wire.ask(port, "GET", f"/s/{house['good']}", cookie=manager)
    assert answer.headers["location"] == f"../?live={house['good_id']}"
    assert "set-cookie" not in answer.headers
    said = wire.page(port, "response-times", f"live={house['good_id']}&range=all", cookie=manager)
    assert SAID in said
    assert "You see what readers of this link see" in said
    assert "Where this number comes from" not in said
    assert "What do we know" in wire.page(port, "import", cookie=manager)


def test_a_viewer_looks_as_readers_do_only_with_the_link(house, port):
    viewer = wire.sign_in(port, VIEWER).cookie
    assert SAID not in wire.page(port, "response-times", f"live={house['good_id']}", cookie=viewer)
    given = wire.ask(port, "GET", f"/s/{house['good']}", cookie=viewer)
    assert SAID in wire.page(port, "response-times", f"live={house['good_id']}", cookie=f"{viewer}; {given.cookie}")
