"""Exports with column names and words in other languages are read as if they were in English."""

from __future__ import annotations

from pathlib import Path

import pytest

import queries
from data import formats
from data.headers.languages import BrokenNames, _known, english, folded
from data.importing import import_file
from data.store import Store

GERMAN = """Ticketnummer;Betreff;Status;Priorität;Kanal;Gruppe;Zugewiesen an;Erstellt am;Erste Antwort am;Gelöst am;Zufriedenheit
4711;Rechnung falsch;Gelöst;Hoch;E-Mail;Support;Anna;01.03.2024 09:15;01.03.2024 10:15;02.03.2024 09:15;Gut
4712;Login geht nicht;Offen;Dringend;Telefon;Technik;Ben;13.03.2024 14:00;;;
4713;Frage;Geschlossen;Mittel;Kontaktformular;Support;Anna;14.03.2024 08:00;14.03.2024 08:30;14.03.2024 09:00;Schlecht
"""
FRENCH = """ID du ticket,Statut,Canal,Groupe,Agent assigné,Créé le,Temps de première réponse (heures),Temps de résolution (heures)
1,Résolu,Courriel,Support,Anne,15/03/2024 09:00,"1,5","24,0"
2,En attente,Téléphone,Support,Luc,16/03/2024 10:00,"0,5",
"""
SPANISH = """Número de ticket,Estado,Prioridad,Canal,Equipo,Fecha de creación,Primera respuesta el,Fecha de resolución,Calificación
1,Resuelto,Alta,Correo electrónico,Soporte,15/03/2024 09:00,15/03/2024 09:30,16/03/2024 09:00,5
2,Pendiente,Baja,Teléfono,Soporte,16/03/2024 10:00,,,
"""
CONTRACTS = """Kundennummer;Firma;Tarif;Beginn;Ende;Betrag monatlich;Kündigungsgrund
K-1001;Alpha;Profi;01.02.2024;;1.234,50 €;
K-1002;Beta;Basis;15.02.2024;31.05.2024;99,00 €;zu teuer
K-1003;Gamma;Basis;01.03.2024;;99,00 €;
K-1004;Delta;Profi;20.03.2024;30.06.2024;1.234,50 €;Wettbewerber
"""


@pytest.fixture
def store(tmp_path: Path):
    opened = Store.open(tmp_path / "l.duckdb")
    yield opened
    opened.close()


def brought(store: Store, folder: Path, text: str, encoding: str = "utf-8") -> Store:
    (folder / "export.csv").write_bytes(text.encode(encoding))
    import_file.import_file(store, folder / "export.csv")
    return store


def value(store: Store, name: str, **filters: tuple[str, ...]) -> float:
    return float(queries.answer(name, queries.Filters(**filters), store=store)["value"].iloc[0])


def priorities(store: Store) -> list[str]:
    """In our words; people filter by those of their file."""
    with store.cursor() as cursor:
        return [row[0] for row in cursor.execute("select distinct priority from tickets order by 1").fetchall()]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_german_tickets(store: Store, tmp_path: Path, encoding: str) -> None:
    brought(store, tmp_path, GERMAN, encoding)
    assert value(store, "first_reply_time_mean") == 45
    assert value(store, "resolution_time_mean") == 750
    assert value(store, "csat") == 50
    assert value(store, "backlog") == 1
    assert [value(store, "tickets_created", channel=(name,)) for name in ("email", "phone", "web")] == [1, 1, 1]
    assert priorities(store) == ["high", "normal", "urgent"]
    assert queries.options("team", store) == ["Support", "Technik"]


def test_french_tickets_with_durations_in_hours(store: Store, tmp_path: Path) -> None:
    brought(store, tmp_path, FRENCH)
    assert value(store, "first_reply_time_mean") == 60
    assert value(store, "resolution_time_mean") == 1440
    assert queries.options("channel", store) == ["email", "phone"]


def test_spanish_tickets(store: Store, tmp_path: Path) -> None:
    brought(store, tmp_path, SPANISH)
    assert value(store, "first_reply_time_mean") == 30
    assert value(store, "backlog") == 1
    assert value(store, "csat") == 100
    assert priorities(store) == ["high", "low"]


def test_german_contracts_with_decimal_commas(store: Store, tmp_path: Path) -> None:
    brought(store, tmp_path, CONTRACTS)
    assert value(store, "customer_churn") == 50
    assert value(store, "revenue_per_account") == pytest.approx((1234.5 + 99) / 2)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Gelöst am", "solvedat"),
        ("geloest_am", "solvedat"),
        ("GELÖST AM", "solvedat"),
        ("Rated on", "ratedat"),
        ("Date rated", "ratedat"),
        ("rated_ts", "ratedat"),
        ("due_ts", "dueat"),
        ("Issue reported on", "issuereportedat"),
        ("RatedDate", "ratedat"),
        ("Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?", "likelihoodtorecommend"),
    ],
)
def test_case_accents_and_turns_make_no_difference(name: str, meant: str) -> None:
    assert english(name) == (meant,)


def test_every_english_name_is_one_that_a_format_knows() -> None:
    keys = {key for form in formats.bundled() for column in form.every_column() for key in column.keys}
    exact, gaps = _known()
    assert {meant for meant in (*exact.values(), *gaps.values()) if meant not in keys} == {
        "reasonforyourscore"
    }  # by "*reason*score*"


def test_no_name_of_another_language_is_an_english_one_for_something_else() -> None:
    own = {
        folded(name): column.name
        for form in formats.bundled()
        if form.generic
        for column in form.every_column()
        for name in column.names
    }
    exact, _ = _known()
    assert {name: (meant, own[name]) for name, meant in exact.items() if name in own and meant != name} == {}


def test_an_english_header_means_what_it_meant() -> None:
    assert english("Subject") == english("Status") == english("Client") == ()


def test_a_name_for_two_things_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "h.toml").write_text('"Subject" = ["Thema"]\n"Category" = ["thema"]')
    monkeypatch.setattr("data.headers.languages.NAMES", tmp_path / "h.toml")
    with pytest.raises(BrokenNames, match="thema"):
        _known.__wrapped__()
