"""Customers in their own words, without what would tell who they are."""

from collections.abc import Callable, Iterator
from typing import Literal

import pandas as pd
from pandas import DataFrame

from pages import context
from pages.content import addresses, ask
from pages.document import number_format
from pages.document.blocks import Block, Column, Evidence, Finding, Findings, Notice, Quote, Quotes, Table
from queries import METRICS, themes, view
from queries.masking import mask

SHOWN = 12
COVERED = 25  # percent of texts with a theme, below which the page says so
FEW_TICKETS = 20  # a theme with fewer says little about what hurts
Direction = Literal["better", "worse", "neutral"]


def comments(kind: str, title: str) -> Quotes | Notice:
    """The newest comments of a survey, worst feelings marked."""
    here = context.current()
    found = view("comments", here.filters, store=here.store, kind=kind, most=SHOWN)
    if found.empty:
        return Notice("No comments in this selection.", "A survey export with a comment column would fill this place.")
    told = tuple(_comment(row) for _, row in found.iterrows())
    return Quotes(title, told, "The newest, without personal data.", ask.evidence(kind, view="comments"))


def quotes(theme: str, most: int = 8) -> Quotes | None:
    """What customers wrote about one theme, the least satisfied first."""
    here = context.current()
    found = themes.quotes(theme, here.filters, here.store, limit=most)
    if found.empty:
        return None
    title = themes.titles().get(theme, theme)
    told = tuple(_comment(row) for _, row in found.iterrows())
    kind = str(found["kind"].mode().iloc[0])  # effort has comments, and no number here
    why = Evidence(kind if kind in METRICS else "sentiment_balance", here.filters.narrowed(theme=(theme,)), view="theme_quotes")
    return Quotes(f"In their own words: {title.lower()}", told, evidence=why)


def loudest() -> Iterator[Block]:
    """The themes that hurt most and those that rise, more than chance would have it, with a quote each."""
    _, hurting, rising = telling()
    if len(hurting):
        lower = lambda row: f"CSAT {abs(row['effect']):.0f} points lower than elsewhere"  # noqa: E731
        yield _listed("What hurts most", hurting, lower, ["tickets", "effect_n"], "csat")
    if len(rising):
        more = lambda row: f"{number_format.number(row['change'])} % more tickets than before"  # noqa: E731
        yield _listed("What is rising", rising, more, ["tickets", "tickets_before"], "tickets_created")


def telling(most: int = 3) -> tuple[DataFrame, DataFrame, DataFrame]:
    """The themes that come most often, those that hurt most, and those that rise; the last two more than chance would have it."""
    found = table()
    found = found[found["tickets"] >= FEW_TICKETS]
    hurting = found[themes.hurting(found)].nsmallest(most, "effect")
    return found.nlargest(most, "tickets"), hurting, found[themes.rising(found, *_days())].nlargest(most, "change")


def _days() -> tuple[int, int]:
    """How long the period and the one before it are: a month may have three days more than the last."""
    here = context.current()
    before = here.filters.previous(here.today)
    spans = [one.period(here.today) for one in (here.filters, before) if one]
    lengths = [(end - start).days + 1 for start, end in spans if start and end]
    return (lengths[0], lengths[1]) if len(lengths) == 2 else (1, 1)


def table() -> DataFrame:
    """All themes under the reader's filters; shares and scores of too few answers are left out."""
    here = context.current()
    found = themes.table(here.filters, here.store)
    for n, names in (
        ("csat_n", ("csat",)),
        ("effect_n", ("effect", "effect_low", "effect_high", "impact")),
        ("nps_n", ("nps",)),
        ("first_reply_n", ("first_reply",)),
    ):
        for name in names:
            found[name] = found[name].where(found[n] >= number_format.FEW)
    return found


def coverage() -> Notice | None:
    """Said where most texts are about no theme we know: another language, or a subject of its own."""
    found = ask.view("theme_coverage")
    if found.empty or found["value"].iloc[0] >= COVERED:
        return None
    share, n = number_format.show(found["value"].iloc[0], "percent"), number_format.number(found["n"].iloc[0])
    named = found["value"].iloc[0] / 100 * found["n"].iloc[0]
    return Notice(
        f"Only {share} of {n} texts name a theme we know.",
        "The themes are English words; texts in another language go unseen here.",
        counts=(found["n"].iloc[0], named),
        evidence=ask.evidence("tickets_created", view="theme_coverage"),
    )


COLUMNS = {
    "title": Column("Theme"),
    "tickets": Column("Tickets", "count"),
    "share": Column("Of all", "percent"),
    "change": Column("Change", "change"),
    "csat": Column("CSAT", "percent"),
    "effect": Column("CSAT against the rest", "points"),
    "impact": Column("Moves all CSAT by", "score"),
    "nps": Column("NPS", "points"),
    "first_reply": Column("First reply, median", "minutes"),
}


RESTS = {
    "change": "tickets_before",
    "csat": "csat_n",
    "effect": "effect_n",
    "impact": "effect_n",
    "nps": "nps_n",
    "first_reply": "first_reply_n",
}


def themed() -> Table:
    """The table of themes."""
    several = "A ticket may have several themes, or none."
    why = ask.evidence("tickets_created", view="theme_table")
    found = table()
    rows = found.assign(onward=[_tickets(theme) for theme in found["theme"]])
    return Table("All themes", rows, COLUMNS, several, "themes", onward="onward", counted="tickets", rests=RESTS, evidence=why)


def _tickets(theme: str) -> str:
    """Where the tickets about a theme are listed."""
    here = context.current()
    kept = here.filters.narrowed(theme=(theme,)).resolved(here.today)
    return addresses.onward("tickets", kept, here.store.version(), behind="tickets_created")


def _listed(title: str, rows: DataFrame, say: Callable[[pd.Series], str], counted: list[str], about: str) -> Findings:
    here = context.current()
    found = []
    for _, row in rows.iterrows():
        said = themes.quotes(row["theme"], here.filters, here.store, limit=1)
        quote = said["comment"].iloc[0] if len(said) else ""
        links = (("Which tickets?", _tickets(row["theme"])),)
        found.append(Finding(f"{row['title']}: {say(row)}.", "neutral", links, quote, float(row[counted].min())))
    return Findings(title, tuple(found), evidence=ask.evidence(about, view="theme_table"))


def _comment(row: pd.Series) -> Quote:
    scored = f"{row['score']:g} of {row['scale_max']:g}" if pd.notna(row["scale_max"]) else f"{row['score']:g}"
    about = [
        scored,
        *([f"{row['said_at']:%-d %b %Y}"] if pd.notna(row["said_at"]) else []),
        *(str(row[name]) for name in ("survey", "team", "segment") if name in row and isinstance(row[name], str)),
    ]
    names = [row[name] for name in ("name", "customer_name") if name in row and isinstance(row[name], str)]
    firm = row["organization"] if isinstance(row.get("organization"), str) else None
    return Quote(mask(row["comment"], names, [firm]), " · ".join(about), _feeling(row))


def _feeling(row: pd.Series) -> Direction:
    high = row["score"] / row["scale_max"] if pd.notna(row["scale_max"]) and row["scale_max"] else 0.5
    return "better" if high >= 0.8 else "worse" if high <= 0.6 else "neutral"
