"""The taxonomy loads, says what is wrong with it, and matches what it says it matches."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from data.themes.taxonomy import BrokenTheme, Theme, load, matches_sql, plain, plain_sql, themes

BY_ID = {theme.id: theme for theme in themes()}


def matches(theme: Theme, sentence: str) -> bool:
    condition = matches_sql(theme, "text")
    found = duckdb.execute(f"select {condition} from (select {plain_sql('$said')} as text)", {"said": sentence}).fetchone()
    return bool(found and found[0])


def written(folder: Path, text: str) -> Path:
    path = folder / "t.toml"
    path.write_text(text)
    return path


def test_there_are_about_twenty_themes_with_titles_of_their_own() -> None:
    assert len(BY_ID) == len(themes()) >= 20
    assert len({theme.title for theme in themes()}) == len(themes())


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.id)
def test_each_theme_matches_its_own_example_and_not_its_counter_example(theme: Theme) -> None:
    assert theme.like
    assert matches(theme, theme.like)
    assert theme.unlike
    assert not matches(theme, theme.unlike)


@pytest.mark.parametrize(
    ("sentence", "theme", "expected"),
    [
        ("REFUNDS!", "refunds", True),
        ("#4711-refund#", "refunds", True),
        ("Rëfund", "refunds", True),
        ("prefunded", "refunds", False),
        ("I CAN\u2019T CONNECT", "outages", True),
        ("charged me two or three times twice", "billing", True),
        ("2FA fails", "login", True),
        ("Log-in fails", "login", True),
        ("slow reply and a slow page", "performance", True),
        ("slow reply", "performance", False),
        ("", "billing", False),
        ("退款", "refunds", False),
    ],
)
def test_case_accents_punctuation_and_gaps(sentence: str, theme: str, expected: bool) -> None:
    assert matches(BY_ID[theme], sentence) is expected


def test_sql_and_python_make_text_plain_alike() -> None:
    for said in ("Café can't", "ÅNGSTRÖM 12", "naïve\u2019s", "Ünïcode"):
        found = duckdb.execute(f"select {plain_sql('$said')}", {"said": said}).fetchone()
        assert found
        assert found[0] == plain(said)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[a]\ntitle = 'A'\nwords = ['x y']\n[a]\ntitle = 'B'\nwords = ['z']", "t.toml"),
        ("[a]\ntitle = 'A'\nwords = []", "at least one entry"),
        ("[a]\nwords = ['x']", "title"),
        ("[a]\ntitle = 'A'\nwords = ['... x']", "start and end"),
        ("[a]\ntitle = 'A'\nwords = ['123']", "too few letters"),
        ("[a]\ntitle = 'A'\nwords = ['*']", "too few letters"),
        ("[a]\ntitle = 'A'\nwords = 'x'", "lists of texts"),
        ("[a]\ntitle = 'A'\nwords = ['x']\nword = ['y']", "unknown key 'word'"),
        ("['A b']\ntitle = 'A'\nwords = ['x']", "an id is"),
    ],
)
def test_a_broken_entry_says_where_and_what(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BrokenTheme, match=told):
        load(written(tmp_path, text))


def test_what_an_editor_types_never_becomes_syntax(tmp_path: Path) -> None:
    (theme,) = load(written(tmp_path, "[a]\ntitle = 'A'\nwords = [\"it's (a) [trap].*' or x=y\", 'b|c']"))
    assert not set(theme.pattern.replace("[^a-z]", "").replace("(?:^|", "").replace("|$)", "")) & set("'\"\\.=;")
    assert not matches(theme, "anything")
    assert matches(theme, "B, c")
