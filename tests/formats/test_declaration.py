"""A format that names what there is not is refused when it is loaded: with the file, the line, and what was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from data import formats
from data.formats.line_numbers import line_of

GOOD = """title = "HappyFox ticket export"
table = "tickets"
source = "happyfox"

[recognise]
strong = [
  "Ticket ID + Contact Group",
  "Ticket ID + Time Spent",
]
needs = ["id", "created_at"]

[columns]
id = { from = ["Ticket ID"], kind = "id" }
status = { from = ["Status"], kind = "choice", raw = "status_raw", values = { solved = ["Done"] } }
created_at = { from = [
  "Created",
  "Created at",
], kind = "when" }
first_reply_at = { from = "First reply", kind = "when" }
resolution_minutes = { from = ["Time to resolve"], kind = "duration", unit = "hours" }
version = { from = ["Synced"], kind = "when" }

[columns.csat]
from = ["Rating"]
kind = "score"
scale = 5
words = { 1 = ["Happy"], 0 = ["Unhappy"] }

[[aside]]
from = ["Deleted"]
words = ["yes"]
reason = "deleted at the source"
"""
SURVEY = """title = "Form"
table = "responses"
fixed = { channel = "email" }
[recognise]
strong = ["Would you"]
[columns]
comment = { from = ["Why"], kind = "text" }
[[questions]]
kind = "nps"
[questions.score]
from = ["Would you"]
kind = "score"
[[questions]]
kind = "csat"
[questions.score]
from = ["How was it"]
kind = "score"
"""
# What is changed in a good one, into what, the line that is named, and what the sentence says.
WRONG = (
    ("first_reply_at =", "frist_reply_at =", 19, "tickets has no column 'frist_reply_at'; did you mean 'first_reply_at'?"),
    ("status_raw", "state_raw", 14, "tickets has no column 'state_raw'; did you mean 'status_raw'?"),
    ("version =", "internal =", 21, "tickets has no column 'internal'; did you mean 'internal_id'?"),
    ("version =", "import_id =", 21, "tickets has no column 'import_id'"),
    ("[columns.csat]", "[columns.cast]", 23, "tickets has no column 'cast'; did you mean 'csat'?"),
    ('"First reply", kind = "when"', '"First reply", kind = "text"', 19, "the column first_reply_at is of kind when, not 'text'."),
    ('], kind = "when" }', '], kind = "wen" }', 15, "unknown kind 'wen' of the column created_at; did you mean 'when'?"),
    ('scale = 5', 'scael = 5', 26, "unknown words in the column csat: scael; did you mean 'scale'?"),
    ('scale = 5', 'scale = "five"', 26, "scale of the column csat must be a number."),
    ('kind = "score"', "", 23, "the column csat lacks 'kind'."),
    ('from = "First reply"', "from = 4", 19, "from of the column first_reply_at must be a text or a list of texts."),
    ('unit = "hours"', 'unit = "ours"', 20, "unknown unit 'ours' of the column resolution_minutes; did you mean 'hours'?"),
    ("solved = [", "resolved = [", 14, "unknown values of the column status: resolved; did you mean 'solved'?"),
    ("1 = [", "happy = [", 27, "unknown words of the column csat: happy."),
    ('"created_at"]', '"created"]', 10, "it needs 'created', but has no such column; did you mean 'created_at'?"),
    ("needs = [", "need = [", 10, "unknown words in [recognise]: need; did you mean 'needs'?"),
    ('needs = ["id", "created_at"]', 'needs = "id"', 10, "needs of [recognise] must be a list of texts."),
    ('table = "tickets"', 'table = "ticket"', 2, "the format must name a table, not 'ticket'; there are tickets, messages,"),
    ('source = "happyfox"', 'sauce = "happyfox"', 3, "unknown words in the format: sauce; did you mean 'source'?"),
    ('source = "happyfox"', 'date_order = "ymd"', 3, "the format must put its dates in an order, not 'ymd'; there are dmy, mdy."),
    ('source = "happyfox"', 'timezone = "Europe/Atlantis"', 3, "'Europe/Atlantis' is not a time zone"),
    ('source = "happyfox"', "fixed = { statsu = 'open' }", 3, "tickets has no column 'statsu'; did you mean 'status'?"),
    ('source = "happyfox"', "fixed = { created_at = '2024' }", 3, "only a text can be the same in every row"),
    ('reason = "deleted at the source"', "", 29, "[[aside]] lacks 'reason'."),
    ('reason = "deleted', 'raeson = "deleted', 32, "unknown words in [[aside]]: raeson; did you mean 'reason'?"),
)  # fmt: skip
WRONG_SURVEY = (
    ('kind = "csat"', 'kind = "cast"', 14, "there is no survey of kind 'cast'; there are csat, nps, ces."),
    ('from = ["How', 'form = ["How', 16, "unknown words in the column csat question score: form; did you mean 'from'?"),
    ('was it"]\nkind = "score"', 'was it"]\nkind = "number"', 17, "the column csat question score is of kind score, not 'number'."),
    ("channel =", "chanel =", 3, "responses has no column 'chanel'; did you mean 'channel'?"),
)


def refused(text: str) -> str:
    with pytest.raises(formats.BadFormat) as error:
        formats.parse("happyfox", text)
    return str(error.value)


def test_the_good_ones_are_read() -> None:
    assert formats.parse("happyfox", GOOD).columns[3].name == "first_reply_at"
    assert [question.kind for question in formats.parse("form", SURVEY).questions] == ["nps", "csat"]
    assert formats.parse("happyfox", GOOD.replace("\n", "\r\n")) == formats.parse("happyfox", GOOD)


@pytest.mark.parametrize(("good", "wrong", "line", "sentence"), WRONG, ids=[wrong or f"no {good}" for good, wrong, *_ in WRONG])
def test_what_is_wrong_is_named_with_its_line(good: str, wrong: str, line: int, sentence: str) -> None:
    assert good in GOOD
    for text in (GOOD, GOOD.replace("\n", "\r\n")):
        assert refused(text.replace(good, wrong, 1)).startswith(f"happyfox.toml, line {line}: {sentence}")


@pytest.mark.parametrize(("good", "wrong", "line", "sentence"), WRONG_SURVEY, ids=[wrong for _, wrong, *_ in WRONG_SURVEY])
def test_questions_are_looked_at_as_well(good: str, wrong: str, line: int, sentence: str) -> None:
    assert good in SURVEY
    assert refused(SURVEY.replace(good, wrong, 1)).startswith(f"happyfox.toml, line {line}: {sentence}")


def test_what_is_missing_or_no_toml_is_said_too() -> None:
    assert refused(GOOD.replace('title = "HappyFox ticket export"\n', "")) == "happyfox.toml: the format lacks 'title'."
    assert "happyfox.toml is not valid TOML" in refused(GOOD.replace('"when" }\nfirst', '"when"\nfirst'))
    assert "line 18" in refused(GOOD.replace('], kind = "when" }', '], kind = "when"'))
    assert refused(GOOD + "[[questions]]\nkind = 'nps'\n[questions.score]\nfrom = 'x'\nkind = 'score'\n").startswith(
        "happyfox.toml, line 33: only responses have questions"
    )


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").write_bytes(b'title = "\xff\xfe"\n')
    with pytest.raises(formats.BadFormat, match=r"odd\.toml is not written in UTF-8"):
        formats.load([tmp_path / "odd.toml"])
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(formats.BadFormat, match=r"folder\.toml cannot be read"):
        formats.load([tmp_path / "folder.toml"])


PLACES = '''# a remark

a = """
b = 1
"""
list = [
  1,

  { c = 2 },
]
[deep.er]
x = { y = { z = 1 } }

[[many]]
n = 1
[[many]]
n = 2
'''
LINES = {
    ("a",): 3,
    ("list",): 6,
    ("list", 1, "c"): 6,
    ("deep",): 11,
    ("deep", "er", "x", "y", "z"): 12,
    ("many", 0, "n"): 15,
    ("many", 1): 16,
    ("many", 1, "n"): 17,
    ("b",): None,
    ("many", 2): None,
}


@pytest.mark.parametrize("where", LINES, ids=str)
def test_a_line_is_that_on_which_a_statement_begins(where: tuple[str | int, ...]) -> None:
    assert line_of(PLACES, where) == LINES[where]
