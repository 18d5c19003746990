"""An unknown file is drafted, corrected and saved as a format: the next one like it is read without a question."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import formats
from data import store as stores
from data.__main__ import main
from data.cells.value_shapes import of
from data.importing import format_writer, import_file, mapping, preview, saved_formats
from data.importing.recognise import Unrecognised

GOLDEN = Path(__file__).parents[1] / "formats"
DRAFTED = [form for form in formats.bundled() if not form.refuse and form.table in mapping.GENERIC]
ODD = (
    "Vorgang;Angelegt;Fertig;Antwort nach;Lage;Weg;Wer;Note\n"
    "V1;02.03.2025 09:00;02.03.2025 12:00;2,5;fertig;Mail;Kim;5\n"
    "V2;03.03.2025 09:00;;0,5;wartet;Telefon;Lou;\n"
    "V3;14.03.2025 10:00;15.03.2025 10:00;1;fertig;Mail;Kim;2\n"
    "V4;15.03.2025 11:30;;;neu;Mail;Kim;\n"
)
MEANT = {"Vorgang": "id", "Angelegt": "created_at", "Fertig": "solved_at", "Antwort nach": "first_reply_minutes", "Lage": "status",
         "Weg": "channel", "Wer": "agent", "Note": "csat"}  # fmt: skip


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(stores, "FORMATS", tmp_path / "formats")


@pytest.fixture
def odd(store, tmp_path):
    """The head of a German table no format knows."""
    path = tmp_path / "odd.csv"
    path.write_text(ODD, encoding="utf-8")
    return preview.head(store, path, "odd.csv", tmp_path / "odd.head")


def corrected(head: preview.Head) -> mapping.Draft:
    """What a manager would say about it."""
    one = mapping.draft(head.header, head.looks)
    guesses = tuple(
        replace(guess, column=MEANT[guess.header], unit="hours" if guess.header == "Antwort nach" else None)
        for guess in one.guesses
    )
    return replace(one, guesses=guesses, meanings={"status": {"fertig": "solved", "wartet": "pending"}})


def test_values_tell_what_names_do_not(odd):
    one = mapping.draft(odd.header, odd.looks)
    assert one.base.table == "tickets"
    assert {guess.header: guess.column for guess in one.guesses if guess.by == "values"} == {
        "Vorgang": "id", "Angelegt": "created_at", "Weg": "channel"}  # fmt: skip


def test_only_words_without_a_meaning_are_asked_about(odd):
    assert mapping.unknown_words(corrected(odd)) == {"status": ("fertig", "wartet")}


def test_a_corrected_file_is_read_as_told_and_recognised_from_then_on(odd, bring, rows):
    with pytest.raises(Unrecognised):
        bring(ODD)
    saved_formats.save("odd", format_writer.toml(corrected(odd), "Odd tickets", "odd"))
    receipt = bring(ODD)
    assert (receipt.format, receipt.kept, receipt.date_order) == ("odd", 4, "day first")
    assert rows("select id, created_at::varchar, first_reply_minutes, status, channel, csat_score from tickets order by id") == [
        ("V1", "2025-03-02 09:00:00", 150.0, "solved", "email", 5.0),
        ("V2", "2025-03-03 09:00:00", 30.0, "pending", "phone", None),
        ("V3", "2025-03-14 10:00:00", 60.0, "solved", "email", 2.0),
        ("V4", "2025-03-15 11:30:00", None, "new", "email", None),
    ]


def test_the_preview_shows_what_the_import_will_store(odd, store, bring, rows):
    text = format_writer.toml(corrected(odd), "Odd tickets", "odd")
    found = preview.preview(store, odd, formats.parse("odd", text), "odd.csv")
    assert (found.rows, found.no_record, found.date_order) == (4, 0, "day first")
    saved_formats.save("odd", text)
    bring(ODD)
    for shown in found.columns:
        column = "csat_score" if shown.column == "csat" else shown.column
        assert list(shown.values) == [row[0] for row in rows(f"select {column}::varchar from tickets order by id")]


def test_a_cell_that_cannot_be_read_is_shown_before_anything_is_stored(store, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text(ODD.replace("14.03.2025 10:00", "yesterday"), encoding="utf-8")
    head = preview.head(store, path, "odd.csv", tmp_path / "head")
    found = preview.preview(store, head, formats.parse("odd", format_writer.toml(corrected(head), "Odd", "odd")), "odd.csv")
    created = next(one for one in found.columns if one.column == "created_at")
    assert (created.values[2], created.cells[2], created.unread) == (None, "yesterday", 1)


def test_what_the_manager_says_of_dates_and_zone_is_kept_in_the_format(odd, bring, rows):
    text = "Vorgang,Angelegt,Lage\nV1,02.03.2025 09:00,neu\nV2,03.04.2025 09:00,neu\n"
    one = replace(corrected(odd), date_order="mdy", timezone="Europe/Berlin")
    one = replace(one, guesses=tuple(guess for guess in one.guesses if guess.header in ("Vorgang", "Angelegt", "Lage")))
    saved_formats.save("odd", format_writer.toml(one, "Odd", "odd"))
    receipt = bring(text)
    assert (receipt.format, receipt.date_order, receipt.timezone) == ("odd", "month first", "Europe/Berlin")
    assert rows("select created_at::varchar from tickets order by 1") == [("2025-02-03 08:00:00",), ("2025-03-04 08:00:00",)]


@pytest.mark.parametrize("form", DRAFTED, ids=lambda form: form.name)
def test_a_known_export_is_read_alike_through_its_draft(form, store, tmp_path, rows):
    export = GOLDEN / form.name / "export.csv"
    import_file.import_file(store, export, name="export.csv", source="one", format=form.name)
    head = preview.head(store, export, "export.csv", tmp_path / "head")
    saved_formats.save("draft", format_writer.toml(mapping.draft(head.header, head.looks, form), "Draft", "draft"))
    assert import_file.import_file(store, export, name="export.csv", source="two").format == "draft"
    # with several questions declared, an answer's id names its question; a change of a ticket is known by its source too
    same = "null" if form.table == "events" else "regexp_replace(id, ':(nps|csat|ces)$', '')"
    row = f"* exclude (source, import_id, unread) replace ({same} as id)"
    before, after = (rows(f"select {row} from {form.table} where source = '{source}' order by all") for source in ("one", "two"))
    assert after == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), min_size=1, max_size=30), min_size=1, max_size=8))
def test_any_column_name_survives_the_toml(header):
    one = mapping.draft(header, [of(["a", "b"])] * len(header), mapping.generic("tickets"))
    one = replace(one, guesses=tuple(replace(guess, column="subject") for guess in one.guesses))
    form = formats.parse("x", format_writer.toml(one, "".join(header), "x"))
    assert form.columns[0].names == tuple(header)
    assert form.title == "".join(header)


def test_a_description_of_few_common_names_takes_no_other_export_over(bring, store, tmp_path):
    common = "Id,Status,Created at,Wer\n1,offen,2025-03-01 09:00,Kim\n"
    (tmp_path / "odd.csv").write_text(common)
    head = preview.head(store, tmp_path / "odd.csv", "odd.csv", tmp_path / "head")
    draft = mapping.draft(head.header, head.looks, mapping.generic("tickets"))
    only = tuple(
        guess if guess.header in ("Id", "Status", "Created at") else replace(guess, column=None) for guess in draft.guesses
    )
    saved_formats.save("odd", format_writer.toml(replace(draft, guesses=only), "Odd", "odd"))
    assert bring(common, "again.csv").format == "odd"
    wider = "Wer,Id,Created at,Status,Assignee stations,Group stations,Requester wait time in minutes"
    wider += "\nKim,1,2025-03-01 09:00,Open,1,1,5\n"
    assert bring(wider, "zendesk.csv").format == "zendesk"


def test_a_format_edited_to_nonsense_stops_no_import(bring):
    stores.FORMATS.mkdir()
    (stores.FORMATS / "bad.toml").write_text("title = ")
    assert [sentence.partition(" is ")[0] for sentence in saved_formats.left_out()] == ["bad.toml"]
    assert bring("Ticket ID,Subject,Created at\n1,A,2025-03-01 09:00\n").kept == 1
    with pytest.raises(formats.BadFormat):
        saved_formats.save("bad", "title = ")


def test_a_saved_format_with_a_column_of_nobody_is_named_and_left_out(odd, bring, tmp_path, capsys):
    saved_formats.save("odd", format_writer.toml(corrected(odd), "Odd", "odd"))
    saved_formats.save("kept", format_writer.toml(corrected(odd), "Kept", "kept"))
    file = stores.FORMATS / "odd.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("[columns.solved_at]", "[columns.sovled_at]"), encoding="utf-8")
    line = file.read_text(encoding="utf-8").splitlines().index("[columns.sovled_at]") + 1
    sentence = f"odd.toml, line {line}: tickets has no column 'sovled_at'; did you mean 'solved_at'? This saved format is left out."
    assert saved_formats.left_out() == (sentence,)
    assert [form.name for form in saved_formats.own()] == ["kept"]
    assert bring(ODD).format == "kept"
    tickets = tmp_path / "tickets.csv"
    tickets.write_text("Ticket ID,Subject,Created at\n1,A,2025-03-01 09:00\n")
    for words in (["formats"], ["import", str(tickets), "--database", str(tmp_path / "d.duckdb")]):
        assert main(words) == 0
        assert capsys.readouterr().err == f"{sentence}\n"


def test_saved_formats_are_named_and_removed(odd):
    assert format_writer.slug("Our old Helpdesk!", ["zendesk"]) == "our_old_helpdesk"
    assert format_writer.slug("Zendesk", ["zendesk"]) == "zendesk_2"
    assert format_writer.slug("日本", []) == "export"
    saved_formats.save("odd", format_writer.toml(corrected(odd), "Odd", "odd"))
    assert [form.name for form in saved_formats.own()] == ["odd"]
    saved_formats.remove("odd")
    assert saved_formats.own() == ()
