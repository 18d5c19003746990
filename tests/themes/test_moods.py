"""How comments sound: by words of praise and blame, in the language they are in, against people's own judgement."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import queries
from data.store import Store
from data.themes.moods import HERE, Pack, load, mood_sql, packs
from data.themes.taxonomy import BrokenTheme
from queries import Filters
from tests.queries.worlds import fill

Mood = tuple[str | None, str | None]
# Sentences of product reviews, rated by twenty people each (Hutto and Gilbert 2014, MIT licence in reviews.LICENSE.txt): every
# fifth of those that are clearly one or the other.
REVIEWS = Path(__file__).parent / "reviews.csv"
SURVEY = Path(__file__).parents[3] / "shared" / "samples" / "surveys" / "nps_fr_gardenstore_cp1252_13954.csv"


def moods(*comments: str, language: str | None = None, told: str | None = None) -> list[Mood]:
    """What one file's comments sound like."""
    connection = duckdb.connect()
    connection.execute(
        "create table said (kind varchar, source varchar, id integer, comment varchar, language varchar, told varchar)"
    )
    rows = [(at, comment, language, told) for at, comment in enumerate(comments)]
    connection.executemany("insert into said values ('csat', 'file', ?, ?, ?, ?)", rows)
    return connection.execute(f"select mood, mood_left_out from ({mood_sql('said')}) order by id").fetchall()


def mood(comment: str, language: str | None = None, told: str | None = None) -> str | None:
    return moods(comment, language=language, told=told)[0][0]


@pytest.mark.parametrize("pack", packs(), ids=lambda pack: pack.languages[0])
def test_each_language_tells_its_own_praise_from_its_own_blame(pack: Pack) -> None:
    assert (mood(pack.like), mood(pack.unlike)) == ("positive", "negative")
    assert (mood(pack.like, pack.languages[0]), mood(pack.unlike, pack.languages[1])) == ("positive", "negative")


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("Very helpful", "positive"),
        ("Not very helpful", "negative"),
        ("They didn't help, no solution", "negative"),
        ("It was never a problem", None),
        ("No problems at all, thank you", "positive"),
        ("No. Great service", "positive"),  # a full stop ends what "no" turns
        ("Friendly but slow", None),
        ("I pressed the button", None),
        ("GREAT!!!", "positive"),
        ("The goodwill voucher", None),  # "good" is a word of its own
        ("Don\u2019t waste your time with them", "negative"),
        ("C'est dommage, l'attente est longue", "negative"),
        ("Le personnel n'est pas aimable", "negative"),
    ],
)
def test_words_turn_what_follows_them_in_their_clause(comment: str, expected: str | None) -> None:
    assert mood(comment) == expected


@pytest.mark.parametrize(
    ("language", "comment", "expected"),
    [
        ("en", "At least they were friendly", "positive"),
        ("en", "Not only friendly but quick", "positive"),
        ("en", "No doubt the best", "positive"),
        ("en", "Plus I had to ask twice, best regards", None),
        ("en", "I would love an answer", None),
        ("en", "Incredibly slow", "negative"),
        ("en", "A rocky start", None),
        ("fr", "Un peu cher", None),
        ("fr", "Un peu lent", "negative"),
        ("fr", "Produit non conforme", "negative"),
        ("fr", "Non seulement rapide mais aimable", "positive"),
        ("fr", "La vidéo que j'ai vue", None),
        ("de", "Ein wenig langsam", "negative"),
        ("de", "Wenig hilfreich", "negative"),
        ("de", "Einfach zu langsam", "negative"),
        ("de", "Nicht nur freundlich", "positive"),
        ("de", "Meine Bestellung ist unterwegs", None),
        ("de", "Fehlerfrei", None),
        ("de", "Guten Tag, liebe Kollegen, mit freundlichen Grüßen", None),
        ("es", "Un poco lento", "negative"),
        ("es", "Sin duda lo recomiendo", "positive"),
        ("es", "Buenos días, atentamente", None),
    ],
)
def test_what_only_looks_like_a_feeling_is_read_over(language: str, comment: str, expected: str | None) -> None:
    assert mood(comment, language) == expected


def test_the_reason_says_why_no_mood_is_known() -> None:
    assert [why for _, why in moods("Friendly but slow", "I pressed the button", "Great")] == [
        "as much praise as blame",
        "neither praise nor blame found",
        None,
    ]
    assert moods("Prima", language="nl") == [(None, "in a language that is not read")]
    assert moods("Great", told="neutral") == [(None, "called neutral by the file")]


def test_what_the_file_says_of_the_mood_goes_first_if_it_is_one() -> None:
    assert mood("Great", told="negative") == "negative"
    assert mood("Great", told="0.93") == "positive"


def test_the_language_is_what_the_comment_is_in_then_what_the_file_says_then_what_the_others_are_in() -> None:
    assert mood("Le service est nul et le personnel est absent", language="en") == "negative"
    assert mood("Bad") == "negative"
    assert mood("Bad", language="de") is None  # a bath
    french = "Le magasin est beau et le personnel est la pour nous"
    assert moods(french, "Nul")[1] == ("negative", None)
    assert (
        mood("The team was great and they are the best of all", language="nl-NL") == "positive"
    )  # a Dutch customer who writes English


def by_hand(comment: str) -> int:
    """The same over words, one after the other: only for entries of one word, and comments of one clause."""
    entry = {path.stem: path for path in HERE.glob("*.toml")}["english"].read_text()
    listed = {
        key: set(re.findall(r'"(\w+\*?)"', re.search(rf"^{key} = \[(.*?)\]", entry, re.S | re.M)[1]))  # type: ignore[index]
        for key in ("praise", "blame", "turning")
    }
    hit = lambda word, key: any(word == one or (one.endswith("*") and word.startswith(one[:-1])) for one in listed[key])  # noqa: E731
    balance, since = 0, {"praise": 9, "blame": 9}
    for word in comment.split():
        since = {key: 0 if hit(word, "turning") else passed + 1 for key, passed in since.items()}
        for key, sign in (("praise", 1), ("blame", -1)):
            if hit(word, key):
                balance += sign if since[key] > 3 else -sign
                since[key] = 9
    return balance


WORDS = ("great", "slow", "rude", "helpful", "quickly", "crashed", "table", "menu", "page", "not", "without")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7), min_size=1, max_size=30))
def test_counting_word_by_word_gives_the_same(sentences: list[list[str]]) -> None:
    comments = [" ".join(words) for words in sentences]
    for comment, (found, _) in zip(comments, moods(*comments, language="en"), strict=True):
        balance = by_hand(comment)
        assert found == ("positive" if balance > 0 else "negative" if balance < 0 else None), comment


def test_people_agree_with_what_is_read_in_english_reviews() -> None:
    rated = list(csv.DictReader(REVIEWS.open(newline="")))
    found = [
        (float(row["rating"]) > 0, known) for row, (known, _) in zip(rated, moods(*(row["text"] for row in rated)), strict=True)
    ]
    read = [(liked, known == "positive") for liked, known in found if known]
    assert len(read) / len(found) >= 0.58  # measured: .61 of 491
    assert sum(liked == positive for liked, positive in read) / len(read) >= 0.92  # measured: .95


@pytest.mark.skipif(not SURVEY.exists(), reason=f"the survey is not beside this checkout ({SURVEY.name})")
def test_french_promoters_praise_and_detractors_blame() -> None:
    """A score is not a mood (who would recommend a shop still asks for more tills), but the two must go together."""
    rows = [
        row for row in csv.DictReader(SURVEY.open(encoding="cp1252", errors="replace", newline="")) if row["explication"] != "NA"
    ]
    scored = [
        (row["nps"], known) for row, (known, _) in zip(rows, moods(*(row["explication"] for row in rows)), strict=True) if known
    ]
    praise = {
        name: sum(known == "positive" for score, known in scored if score in scores) / sum(score in scores for score, _ in scored)
        for name, scores in {"promoters": ("9", "10"), "passives": ("7", "8"), "detractors": tuple("0123456")}.items()
    }
    assert len(scored) / len(rows) >= 0.7  # measured: .73
    assert praise["promoters"] > 0.7 > praise["passives"] > 0.4 > praise["detractors"]  # measured: .73, .51, .29


def test_a_ticket_sounds_as_its_unhappiest_comment_and_filters_reach_it(empty: Store) -> None:
    ticket = {"source": "desk", "status": "solved", "created_at": "2024-03-01 10:00", "channel": "chat"}
    said = {"source": "survey", "score": "5", "scale_max": "5", "answered_at": "2024-03-02 10:00"}
    comments = [("a", "1", "csat", "Great"), ("b", "1", "nps", "Terrible"), ("c", "2", "csat", "Great"), ("d", "3", "csat", "Hm")]
    fill(
        empty,
        tickets=[ticket | {"id": one} for one in "1234"],
        responses=[said | {"id": a, "ticket_id": t, "kind": kind, "comment": text} for a, t, kind, text in comments],
    )
    by = queries.answer("tickets_created", by="sentiment", store=empty)
    assert dict(zip(by["slice"], by["value"], strict=True)) == {"negative": 1, "positive": 1, "no mood known": 2}
    unhappy = Filters(sentiment=("negative",))
    assert queries.answer("tickets_created", unhappy, store=empty)["value"].tolist() == [1]
    assert queries.answer("tickets_created", Filters(sentiment=("positive",)), store=empty)["value"].tolist() == [1], "as the slice"
    assert queries.answer("csat", Filters(sentiment=("positive",)), store=empty)["n"].tolist() == [2]
    assert queries.options("sentiment", empty) == ["positive", "negative"]
    assert "negative comments" in unhappy.sentence(None).lower()


@pytest.mark.parametrize(
    ("line", "instead", "said"),
    [
        ("turning =", "turns =", "'turning'"),
        ('apostrophe = "joins"', 'apostrophe = "split"', "apostrophe is one of joins, parts"),
        ("idle = [", "idle = []\n# [", "idle needs at least one"),  # no word at all would be found everywhere
    ],
)
def test_a_pack_with_an_unknown_or_missing_entry_says_so(tmp_path: Path, line: str, instead: str, said: str) -> None:
    path = tmp_path / "dutch.toml"
    text = (HERE / "english.toml").read_text(encoding="utf-8")
    path.write_text(re.sub(r",\n +", ", ", text).replace(line, instead), encoding="utf-8")
    with pytest.raises(BrokenTheme, match=rf"dutch\.toml: {said}"):
        load(path)
