"""Three clicks in the share window make a file, and the Share page has the same forms of a link."""

from pathlib import Path

from tests.pages.conftest import server as server
from tests.reports import taking


def test_a_manager_takes_a_page_along_as_a_spreadsheet(server, window):
    window.goto(f"{server}/response-times?range=all")
    window.get_by_role("button", name="Share", exact=True).click()
    window.get_by_role("radio", name="Spreadsheet").click()
    window.get_by_role("button", name="Make the spreadsheet").click()
    with window.expect_download() as found:
        window.get_by_role("button", name="Save how-long-do-customers-wait-for-us.xlsx").click()
    rows = taking.sheets(Path(found.value.path()).read_bytes())
    assert rows["Contents"][0][0] == "How long do customers wait for us?"
    assert len(rows) > 5


def test_a_shared_report_is_downloaded_in_every_form(server, window):
    window.goto(f"{server}/satisfaction?range=all")
    window.get_by_role("button", name="Share", exact=True).click()
    window.get_by_role("button", name="Create link").click()
    window.get_by_text("The link is ready").wait_for()
    window.goto(f"{server}/share")
    window.get_by_role("button", name="Download").first.click()
    for name, start in (("Slides", b"PK"), ("Spreadsheet", b"PK"), ("PDF", b"%PDF")):
        address = window.get_by_role("link", name=name).get_attribute("href")
        answer = window.request.get(f"{server}{address}")
        assert answer.ok
        assert answer.body().startswith(start)
        assert "attachment" in answer.headers["content-disposition"]
