"""A shared report of the sample: what it says, what it never says, and that it reads without scripts."""

import gzip
import json
import re
from datetime import date
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest

from data import samples
from data.importing import import_file
from data.store import Store
from pages.document.blocks import Tiles
from pages.document.report import NothingToShare, Plan
from pages.exports.html import assets, report_page
from pages.report import gather
from pages.sharing import create, link_index
from tests.pages import reporting
from tests.pages.reporting import EVERYTHING, HIT, page

BOUND = 400_000


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("sample")
    store = Store.open(folder / "sample.duckdb")
    for path in samples.generate(folder):
        import_file.import_file(store, path, source="sample")
    return store


@pytest.fixture(scope="module")
def whole(sample: Store) -> str:
    return page(sample, note="Read this first.", range="last-90d")


def words(text: str) -> str:
    """What a reader sees without scripts."""
    body = re.sub(r"<(style|script)\b.*?</\1>", " ", text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def distinct(store: Store, sql: str) -> list[str]:
    with store.cursor() as cursor:
        return [str(row[0]) for row in cursor.execute(sql).fetchall() if row[0]]


def test_it_says_what_it_shows_and_until_when(whole: str) -> None:
    said = words(whole)
    for sentence in ("Read this first.", "3 Aug to 31 Oct 2026, compared with", "Data up to 31 Oct 2026", "Shared on 22 Nov 2026"):
        assert sentence in said
    for entry in EVERYTHING:
        assert entry.question in said


def test_every_chart_has_its_numbers_in_the_page_itself(whole: str) -> None:
    figures = re.findall(r'<figure class="card">.*?</figure>', whole, re.DOTALL)
    assert len(figures) > 20
    for figure in figures:
        assert "<details open>" in figure
        assert re.search(r"<td>[^<]*\d", figure), figure[:300]


def test_every_number_says_how_it_is_counted(whole: str) -> None:
    wanted = set(re.findall(r'href="#(counted-[\w-]+)"', whole))
    assert len(wanted) > 20
    assert wanted == set(re.findall(r'<details class="counted">.*?<dl id="(counted-[\w-]+)"', whole))
    entry = words(re.search(r'id="counted-csat".*?</details>', whole, re.DOTALL)[0])  # type: ignore[index]
    for name in ("Formula", "Clock", "Left out", "95 % sure"):
        assert name in entry


def test_no_personal_data_of_the_sample_is_in_it(sample: Store, whole: str) -> None:
    columns = [
        ("tickets", ("customer_email", "customer_name", "subject", "description", "url")),
        ("customers", ("email", "name", "organization")),
        ("responses", ("comment", "customer_email")),
        ("tickets", ("agent",)),
    ]
    told = 0
    for table, names in columns:
        with sample.cursor() as cursor:
            there = {row[0] for row in cursor.execute(f"describe {table}").fetchall()}
        for name in set(names) & there:
            for cell in distinct(sample, f"select distinct {name}::varchar from {table}"):
                if len(cell) > 3:
                    told += 1
                    assert cell not in whole, f"{table}.{name}: {cell}"
                    assert json.dumps(cell)[1:-1] not in whole
    assert told > 5000


def test_agents_are_named_only_when_the_sharer_says_so(sample: Store, whole: str) -> None:
    agents = distinct(sample, "select distinct agent from tickets")
    assert "Agent 1" in whole
    named = page(sample, names=True, range="last-90d")
    assert "Agent 1" not in named
    assert sum(agent in named for agent in agents) >= 12  # as many as a chart names
    assert not [agent for agent in agents if agent in whole]
    chosen = page(sample, range="last-90d", agent=(agents[0],))
    assert "<li>Agent 1; 3 Aug to 31 Oct 2026" in chosen
    assert not [agent for agent in agents if agent in chosen]


def test_a_page_asks_nobody_for_anything(whole: str) -> None:
    assert not re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?//""", whole)
    assert set(assets.needed(whole)) <= set(assets.named())


def test_it_is_small_and_the_same_each_time(sample: Store, whole: str) -> None:
    assert len(gzip.compress(whole.encode(), 9)) < BOUND
    assert page(sample, note="Read this first.", range="last-90d") == whole
    everything = page(sample, range="all")
    assert len(gzip.compress(everything.encode(), 9)) < BOUND


def test_few_rows_hide_almost_everything(sample: Store) -> None:
    """A day and a channel with three or four tickets: nothing but the filters, the definitions and that they are few."""
    with sample.cursor() as cursor:
        day, channel = cursor.execute("""
            select created_at::date, channel from tickets where created_at is not null
            group by all having count(*) between 3 and 4 order by 1, 2 limit 1""").fetchone()
    only = tuple(entry for entry in EVERYTHING if entry.path in ("response-times", "resolution"))
    now = reporting.visit(sample, range="custom", start=day, end=day, channel=(channel,))
    report = gather.report(Plan("T", "", only, date(2026, 11, 22)), now)
    tiles = [tile for section in report.sections for row in section.blocks if isinstance(row, Tiles) for tile in row.tiles]
    assert len(tiles) > 10
    assert {tile.value for tile in tiles} <= {"fewer than 5", "no data", "0"}
    assert not any(tile.small or tile.course or tile.change for tile in tiles if tile.value == "fewer than 5")
    text = reporting.html(report)
    assert {cell for cell in re.findall(r"<td>([^<]*)</td>", text) if re.search(r"\d", cell)} <= {"0"}
    here = re.findall(r"<dt>Here</dt><dd>(.*?)</dd>", text)
    assert len(here) > 5
    assert all(re.fullmatch(r"fewer than 5|no data|0", said) for said in here), here


def test_a_customer_cannot_be_shared(sample: Store) -> None:
    with pytest.raises(NothingToShare):
        page(sample, customer=("c-1",))


def test_the_style_sheet_is_whole() -> None:
    depth = 0
    for sign in re.findall(r"[{}]", report_page.style()):
        depth += 1 if sign == "{" else -1
        assert 0 <= depth <= 3
    assert depth == 0
    for name in ("better", "worse", "noise", "neutral", "course", "small"):
        assert re.search(rf"\.dp-{name}\b[^{{}}]*{{", report_page.style())


def test_a_light_colour_has_one_dark_one() -> None:
    pairs = list(zip(report_page._colours(report_page.LIGHT), report_page._colours(report_page.DARK), strict=True))
    assert len(set(pairs)) == len(report_page.turned())


def test_text_from_outside_stays_text(tmp_path: Path) -> None:
    store = reporting.attacked(tmp_path)
    text = page(store, title=HIT, note=HIT * 50, names=True)
    inert = re.sub(r'<script src="static/[\w.-]+" defer></script>', "", text)
    assert inert.count("<script") == 1  # the numbers of the charts
    assert inert.count("</script") == 1
    assert "<img" not in inert
    json.loads(re.search(r'<script type="application/json" id="figures">(.*?)</script>', text, re.DOTALL)[1])  # type: ignore[index]


def test_the_file_to_take_along_has_everything_inside(sample: Store, whole: str) -> None:
    file = assets.embedded(whole, assets.named())
    assert "static/" not in re.sub(r"<script>.*?</script>", "", file, flags=re.DOTALL)
    assert file.count("<script>") == 2
    assert "script-src 'sha256-" in file


@pytest.mark.parametrize("said", ["", "7", "many"])
def test_a_wish_becomes_a_link(sample: Store, said: str) -> None:
    sample.set("smallest_cell", said)
    wish = SimpleNamespace(title="T", note="", pages=EVERYTHING[:1], days=30, passcode="", name_agents=False)
    token = create.frozen(wish, reporting.visit(sample, range="last-90d"))
    share = link_index.of(sample).find(token)
    assert share is not None
    assert share.pages == (EVERYTHING[0].path,)
    assert f"fewer than {said if said == '7' else 5} rows" in link_index.unpacked(link_index.of(sample).page(share) or b"").decode()
