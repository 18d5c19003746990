"""The door for files in a real browser and by hand-made requests: what comes in, what is refused, and what cannot act."""

import http.client
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from data.store import UPLOADS
from pages.content import explanations
from tests.pages.conftest import ROOT, free_port, wait_for
from tests.reading.containers import sheet, workbook, zipped

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)

SCRIPT = "<img src=x onerror=window.hit=1>"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """A server that knows nothing yet and takes files up to 1 MB."""
    folder = tmp_path_factory.mktemp("fresh")
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "dashboard.py",
        "--server.port",
        str(port),
        "--server.maxUploadSize",
        "1",
    ]
    with open(folder / "server.log", "wb") as log:
        environment = os.environ | {"DESKPULSE_DATABASE": str(folder / "fresh.duckdb")}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def export(path: Path, subject: str = "Question", count: int = 30) -> Path:
    rows = (f"{i},{subject},2025-03-{i % 28 + 1:02} 09:00,2025-03-{i % 28 + 1:02} 11:30,email" for i in range(count))
    path.write_text("\n".join(["Ticket ID,Subject,Created at,Solved at,Channel", *rows]) + "\n")
    return path


def put(address: str, headers: dict[str, str], body: bytes = b"a,b\n1,2\n") -> tuple[int, dict]:
    place = urlsplit(address)
    link = http.client.HTTPConnection(place.hostname, place.port, timeout=20)
    link.request("PUT", "/upload", body, headers)
    answer = link.getresponse()
    return answer.status, json.loads(answer.read() or b"{}")


def uploads() -> set[Path]:
    return set(UPLOADS.iterdir()) if UPLOADS.exists() else set()


def rows(address: str) -> tuple[http.client.HTTPResponse, str]:
    place = urlsplit(address)
    link = http.client.HTTPConnection(place.hostname, place.port, timeout=20)
    link.request("GET", "/rows.csv?behind=tickets_created&range=all")
    found = link.getresponse()
    return found, found.read().decode("utf-8-sig")


OWN = {"Sec-Fetch-Site": "same-origin", "X-File-Name": "a.csv"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X-File-Name": "a.csv", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"X-File-Name": "a.csv", "Sec-Fetch-Site": "same-site"}, 403),
        ({"X-File-Name": "a.csv", "Sec-Fetch-Site": "none"}, 403),
        ({"X-File-Name": "a.csv", "Origin": "https://other.example"}, 403),
        ({"X-File-Name": "a.csv", "Origin": "null"}, 403),
        ({"X-File-Name": "a.csv"}, 403),
        ({**OWN, "Host": "rebound.example"}, 403),
        ({**OWN, "X-Forwarded-For": "10.0.0.7"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 400),
        ({**OWN, "Content-Length": str(3 << 30)}, 413),
    ],
)
def test_files_come_from_our_own_pages_and_managers_only(fresh, headers, status):
    before = uploads()
    found, answer = put(fresh, headers)
    assert (found, bool(answer["error"])) == (status, True)
    assert uploads() == before


def test_a_file_that_turns_out_too_large_leaves_nothing_behind(fresh):
    before = uploads()

    def endless():
        for _ in range(40):
            yield b"x" * 65536

    place = urlsplit(fresh)
    link = http.client.HTTPConnection(place.hostname, place.port, timeout=20)
    try:
        link.request("PUT", "/upload", endless(), OWN, encode_chunked=True)
        assert link.getresponse().status == 413
    except OSError:  # the server hung up before the end: refused as well
        pass
    time.sleep(0.5)
    assert uploads() == before


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_the_door_knows_one_way_in(fresh, method):
    place = urlsplit(fresh)
    link = http.client.HTTPConnection(place.hostname, place.port, timeout=20)
    link.request(method, "/upload", headers=OWN)
    assert link.getresponse().status in (403, 404, 405)


def test_another_site_cannot_send_a_file_through_the_readers_browser(fresh, window: Page):
    """`localhost` and `127.0.0.1` are two sites to a browser."""
    window.goto(fresh.replace("127.0.0.1", "localhost") + "/healthz")
    found = window.evaluate(
        """async (address) => { try { await fetch(address, {method: "PUT", headers: {"X-File-Name": "a.csv"}, body: "x"});
           return "sent" } catch { return "refused" } }""",
        fresh + "/upload",
    )
    assert found == "refused"


def test_a_dropped_file_becomes_a_receipt_and_then_numbers(fresh, window: Page, tmp_path):
    window.goto(fresh + "/import")
    expect(window.get_by_text("Explore with sample data")).to_be_visible()
    hostile = export(tmp_path / f"{SCRIPT} www.h.test a@h.test :smile:.csv", SCRIPT)
    unknown = tmp_path / "list.csv"
    unknown.write_text("a,b\n1,2\n")
    window.locator("input.pick").set_input_files([hostile, unknown])
    expect(window.locator(".rc-sum")).to_contain_text("30 rows read")
    expect(window.get_by_text("list.csv was not imported")).to_be_visible()
    main = window.locator("[data-testid=stMain]")
    assert SCRIPT in main.inner_text()
    assert hostile.name in main.inner_text().replace(explanations.JOINER, "")
    expect(main.locator("a[href*='h.test']")).to_have_count(0)
    window.get_by_role("button", name="Dismiss").click()
    expect(window.get_by_text("list.csv was not imported")).to_have_count(0)
    window.goto(fresh + "/tickets?behind=tickets_created&range=all")
    expect(window.get_by_text("30 tickets counted")).to_be_visible()
    assert window.evaluate("window.hit") is None
    assert not [path for path in uploads() if path.suffix]


PICTURE = "![x](http://h.test/x.png)"
MARKS = (PICTURE, "[l](http://h.test)", ":material/home:", "$a$", "http://h.test/a www.h.test a@h.test", ":smile: **b** `c` &amp;")


def test_names_and_words_of_an_unknown_file_are_drawn_as_they_stand(fresh, window: Page, tmp_path):
    """Streamlit takes the label of a box for Markdown, also where it is hidden."""
    header = "\t".join(["Vorgang", "Angelegt", "Status", *MARKS])
    lines = (f"V{i}\t{i + 13:02}.03.2025 09:00\t{word}{f'{chr(9)}some words' * len(MARKS)}" for i, word in enumerate(MARKS))
    unknown = tmp_path / "unknown.csv"
    unknown.write_text("\n".join([header, *lines]) + "\n")
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    window.goto(fresh + "/import")
    window.locator("input.pick").set_input_files([unknown])
    window.get_by_role("button", name="Say what its columns are").click()
    window.get_by_role("combobox", name="What Status is").fill("Status")
    window.get_by_role("option", name="Status", exact=True).click()
    expect(window.get_by_text("What do they mean?")).to_be_visible()
    main = window.locator("[data-testid=stMain]")
    expect(main.get_by_role("combobox", name="What x http h test x png is")).to_have_count(1)
    expect(main.get_by_role("combobox", name="What x http h test x png means")).to_have_count(1)

    expect(window.locator('[data-testid="stStatusWidget"]')).to_have_count(0)
    assert main.locator("img, .katex, strong, code, a[href*='h.test']").count() == 0
    assert main.get_by_role("img", name="home icon").count() == 0
    assert not [address for address in asked if not address.startswith((fresh, f"ws{fresh[4:]}", "data:", "blob:"))]
    for mark in MARKS:
        assert main.inner_text().count(mark) >= 2  # among the columns and among the words
    window.get_by_role("button", name="Cancel").click()
    window.get_by_role("button", name="Dismiss").click()
    expect(window.get_by_text("was not imported")).to_have_count(0)


def test_a_dropped_archive_becomes_a_receipt_for_each_table_in_it(fresh, window: Page, tmp_path):
    lines = export(tmp_path / "x.csv", count=7).read_text().splitlines()
    packed = tmp_path / "export.zip"
    book = workbook({"Cover": sheet([["Our report"]]), "Tickets": sheet([line.split(",") for line in lines])})
    packed.write_bytes(zipped({"tickets.csv": "\n".join(lines), "book.xlsx": book, "notes.json": "[]", "__MACOSX/._x": "x"}))
    before = uploads()
    window.goto(fresh + "/import")
    expect(window.get_by_text("CSV, Excel or JSON files")).to_be_visible()
    window.locator("input.pick").set_input_files([packed])
    expect(window.get_by_text("export.zip: notes.json was not imported")).to_be_visible()
    expect(window.get_by_text("export.zip: tickets.csv").first).to_be_visible()
    expect(window.get_by_text("export.zip: book.xlsx").first).to_be_visible()
    window.get_by_role("button", name="Dismiss").click()
    expect(window.get_by_text("export.zip: notes.json was not imported")).to_have_count(0)
    assert not [path for path in uploads() - before if path.suffix]


def test_all_rows_come_as_a_file_that_a_spreadsheet_opens_safely(fresh, window: Page, tmp_path):
    path = export(tmp_path / "formulas.csv", "=HYPERLINK(1)")
    status, answer = put(fresh, {**OWN, "X-File-Name": quote("fórmulas.csv")}, path.read_bytes())
    assert (status, answer["name"]) == (202, "fórmulas.csv")
    found, text = rows(fresh)
    for _ in range(60):
        if "HYPERLINK" in text:
            break
        time.sleep(0.25)
        found, text = rows(fresh)
    assert found.getheader("Content-Disposition") == 'attachment; filename="tickets_created.csv"'
    assert len(text.splitlines()) == 31
    assert "'=HYPERLINK(1)" in text
    assert ",=" not in text


def test_drag_and_drop_of_a_file_larger_than_the_limit_says_so(fresh, window: Page):
    window.goto(fresh + "/import")
    zone = window.locator(".drop")
    expect(zone).to_be_visible()
    files = window.evaluate_handle(
        "() => { const all = new DataTransfer(); all.items.add(new File(['x'.repeat(2 << 20)], 'large.csv')); return all }"
    )
    zone.dispatch_event("drop", {"dataTransfer": files})
    expect(window.locator(".files .failed")).to_contain_text("Larger than 1 MB")
    window.get_by_role("button", name="Dismiss large.csv").click()
    expect(window.locator(".files li")).to_have_count(0)
