"""The formats made in this workspace, beside those that come with the product."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from data import database_file, formats
from data import store as stores
from data.formats import Format
from data.headers.names import normal


def own() -> tuple[Format, ...]:
    """Those saved here. One that no longer reads (edited by hand) is left out: it must not stop every import."""
    return tuple(replace(form, saved=True) for form in _read() if isinstance(form, Format))


def left_out() -> tuple[str, ...]:
    """Why the others are not used, a sentence each, with the file and the line."""
    return tuple(f"{fault} This saved format is left out." for fault in _read() if isinstance(fault, str))


def known() -> tuple[Format, ...]:
    """Every format a file may be recognised as, the workspace's own first."""
    return (*own(), *formats.bundled())


def _read() -> Iterator[Format | str]:
    for path in sorted(stores.FORMATS.glob("*.toml")):
        try:
            yield _parsed(path.stem, formats.text_of(path))
        except formats.BadFormat as error:
            yield str(error)


@lru_cache(maxsize=64)
def _parsed(name: str, text: str) -> Format | str:
    """Every page and every receipt asks for them."""
    try:
        return formats.parse(name, text)
    except formats.BadFormat as error:
        return str(error)


def made_for(form: Format, header: Sequence[str]) -> bool:
    """Whether a saved format was made for a file with exactly these columns, and so goes before every other. A file with more or
    fewer is no such file: any vendor's export may happen to hold a few of its names."""
    names = {normal(name) for name in header if " + " not in name}  # which parts names where formats list them
    return form.saved and any(set(entry) == names for entry in form.strong)


def save(name: str, text: str) -> Format:
    """Keep a format under this name, in place of an earlier one. Raises formats.BadFormat when the text is none."""
    form = formats.parse(name, text)
    database_file.make_folder(stores.FORMATS)
    draft = stores.FORMATS / f"{name}.toml.new"
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, stores.FORMATS / f"{name}.toml")
    return form


def text_of(name: str) -> str:
    """The TOML text of a saved format, to take along."""
    return (stores.FORMATS / f"{name}.toml").read_text(encoding="utf-8")


def remove(name: str) -> None:
    """Forget a saved format; what was imported with it stays."""
    (stores.FORMATS / f"{name}.toml").unlink(missing_ok=True)
