"""Letters stay readable, whatever bytes stand for them."""

import pytest

from tests.reading.material import cells, table

FRENCH = "Très déçu, l'été dernier à l'hôtel: où est passée la boîte de Noël ? Ça coûte 15 euros…"


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "utf-8", "utf-16", "utf-32", "utf-8-sig"])
def test_french_is_french(tmp_path, encoding):
    said = FRENCH.replace("…", "...") if encoding == "cp850" else FRENCH
    found = table(tmp_path, f"id;commentaire\n1;{said}\n2;bien\n".encode(encoding))
    assert cells(found)[0][1] == said


@pytest.mark.parametrize(
    ("said", "encoding"),
    [
        ("Ürünü beğenmedim, çok yavaş ve pahalı. Şimdi İstanbul'da değişim istiyorum", "iso8859-9"),
        ("Die Lieferung für Frau Müller kam zu spät, schöne Grüße. „Nie wieder“ – übel", "cp1252"),
        ("El envío llegó mañana – ¿por qué? ¡Señor Núñez está enfadado!", "cp1252"),
        ("Það er ekki hægt að skrá sig inn, þetta er mjög slæmt", "cp1252"),
        ("It’s “great” – really… the Škoda café™ costs €20 and £5", "cp1252"),
        ("Não consigo, é difícil; a informação está à direita", "cp1252"),
        ("Für Größe und Übung: schön, daß es geht", "cp850"),
    ],
)
def test_other_languages_are_themselves(tmp_path, said, encoding):
    assert cells(table(tmp_path, f"id\tsaid\n1\t{said}\n2\tok\n".encode(encoding)))[0][1] == said


def test_encodings_may_change_from_row_to_row_and_inside_a_word(tmp_path):
    rows = ["très déçu par l'été", "régulièrement fermé", "présenté avec intérêt", "une très bonne idée"] * 5
    lines = [row.encode(name) for row, name in zip(rows, ["cp1252", "cp850", "utf-8", "cp1252"] * 5, strict=True)]
    lines[1] = b"r\x82guli" + "èrement fermé".encode("cp1252")
    content = b"id,comment\n" + b"".join(b"%d,%s\n" % (place, line) for place, line in enumerate(lines))
    found = table(tmp_path, content)
    assert [row[1] for row in cells(found)] == rows
    assert found.encoding == "Windows-1252"
    assert found.notes == ("not UTF-8: read as Windows-1252; 10 words as UTF-8; 9 words as DOS code page 850",)


def test_one_stray_byte_does_not_cost_a_utf8_file_its_letters(tmp_path):
    found = table(tmp_path, "id,comment\n1,Zoë a été déçue à Noël\n2,日本語\n".encode() + b"3,caf\xe9 ferm\xc3\xa9\n")
    assert [row[1] for row in cells(found)] == ["Zoë a été déçue à Noël", "日本語", "café fermé"]
    assert (found.encoding, found.notes) == ("UTF-8", ("not UTF-8 throughout: 1 word read as Windows-1252",))


def test_no_byte_is_lost(tmp_path):
    found = table(tmp_path, b"id,comment\n1,caf\xe9\n2,\x81\x8d\x8f\x90\x9d\n")
    assert len(cells(found)[1][1]) == 5
