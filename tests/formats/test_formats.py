"""Every format in data/formats stands its trial here: a sample as the vendor writes it, and what must come out."""

import csv
from pathlib import Path

import pytest

from data import formats
from data.cells.vocabulary import vocabulary
from data.headers.names import normal
from data.importing import convert, import_file
from data.importing.recognise import Unrecognised
from data.store import Store

HERE = Path(__file__).parent
FORMATS = {form.name: form for form in formats.bundled()}
IMPORTED = [name for name, form in FORMATS.items() if not form.refuse]
REFUSED = [name for name, form in FORMATS.items() if form.refuse]


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "f.duckdb")
    yield opened
    opened.close()


@pytest.mark.parametrize("name", IMPORTED)
def test_the_sample_gives_the_expected_rows(name, store):
    receipt = import_file.import_file(store, HERE / name / "export.csv")
    assert receipt.format == name, "recognised as another format"
    with (HERE / name / "expected.csv").open(encoding="utf-8", newline="") as stream:
        header, *wanted = csv.reader(stream)
    chosen = ", ".join(f"coalesce(replace({column}::varchar, chr(31), ' | '), '') as {column}" for column in header)
    with store.cursor() as cursor:
        found = cursor.execute(f"select {chosen} from {receipt.table} order by all").fetchall()
    assert [list(row) for row in found] == sorted(wanted)


@pytest.mark.parametrize("name", REFUSED)
def test_a_report_that_is_no_list_is_refused_with_its_reason(name, store):
    with pytest.raises(Unrecognised) as refusal:
        import_file.import_file(store, HERE / name / "export.csv")
    assert str(refusal.value) == (HERE / name / "refusal.txt").read_text().strip()


@pytest.mark.parametrize("name", IMPORTED)
def test_every_column_named_is_one_of_the_unified_table(name, store):
    form = FORMATS[name]
    with store.cursor() as cursor:
        known = {row[0] for row in cursor.execute("select column_name from information_schema.columns where table_name = ?",
                                                  [form.table]).fetchall()}  # fmt: skip
    scores = {"score"} | {column.removesuffix("_score") for column in known if column.endswith("_score")}
    for column in form.columns:
        assert column.name in (scores if column.kind == "score" else known | set(convert.MEANS)), column.name
        assert column.raw is None or column.raw in known
    assert set(form.needs) <= {column.name for column in form.columns}


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_says_how_it_is_recognised(name):
    form = FORMATS[name]
    assert form.strong
    assert all(normal(part) == part for entry in form.strong for part in entry)


@pytest.mark.parametrize("name", IMPORTED)
def test_choices_use_the_words_of_the_product(name):
    words = {kind: set(known.values()) for kind, known in vocabulary().items()}
    for column in FORMATS[name].columns:
        if column.name in words:
            assert set(column.values.values()) <= words[column.name]


def test_a_format_with_a_misspelt_word_says_so():
    with pytest.raises(formats.BadFormat, match="unknown words in the column id: form"):
        formats.parse("x", 'title = "X"\ntable = "tickets"\n[columns]\nid = { form = "Id", kind = "id" }')
    with pytest.raises(formats.BadFormat, match="unknown kind"):
        formats.parse("x", 'title = "X"\ntable = "tickets"\n[columns]\nid = { from = "Id", kind = "number plate" }')
    with pytest.raises(formats.BadFormat, match="must name a table"):
        formats.parse("x", 'title = "X"\ntable = "chairs"')
