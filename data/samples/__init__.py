"""Two years of an invented software company's customer service, written as the files a helpdesk would export."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np

from data.samples import comments, customers, exports, messages, people, surveys, tickets, timeline
from data.samples.company import NEVER, Flags
from data.samples.texts import Phrases

TRICKY = ("export_sync", "crash", "integration")  # come back and wait for engineering more often than others
Table = dict[str, list[Any]]


def generate(out_dir: Path, seed: int = 7, scale: float = 1.0) -> list[Path]:
    """Write the sample's files into a folder; the same seed, scale and numpy give the same bytes."""
    out_dir.mkdir(parents=True, exist_ok=True)
    tables = company(np.random.default_rng(seed), scale)
    return [_write(out_dir / name, table) for name, table in tables.items()]


def company(rng: np.random.Generator, scale: float) -> dict[str, Table]:
    """Every table of the company by the name of its file."""
    phrases = Phrases(rng)
    them = customers.sign_up(rng, scale)
    drawn = tickets.draw(rng, them, phrases.themes, scale)
    course = timeline.play(rng, drawn, np.isin(drawn.theme, [phrases.names.index(name) for name in TRICKY]))
    csat = surveys.satisfaction(rng, drawn, course, phrases.names)
    nps = _recommendation(rng, phrases, them, drawn, csat)
    _leave(rng, them, drawn, csat, nps)
    stays = them.active(drawn.who, drawn.created)
    csat = _renumber(csat, stays)
    nps = tickets.keep(nps, them.active(nps.who, nps.sent))
    return _tables(rng, phrases, them, tickets.keep(drawn, stays), tickets.keep(course, stays), csat, nps)


def _recommendation(
    rng: np.random.Generator, phrases: Phrases, them: customers.Customers, drawn: tickets.Tickets, csat: surveys.Csat
) -> surveys.Nps:
    said = csat.score >= 0
    happy = surveys.support_happiness(them.size, drawn.who[csat.ticket[said]], csat.score[said] >= 4)
    shares = np.asarray([float(theme["share"]) for theme in phrases.themes.values()])
    return surveys.recommendation(rng, them, happy, shares, phrases.names.index("export_sync"))


def _leave(
    rng: np.random.Generator, them: customers.Customers, drawn: tickets.Tickets, csat: surveys.Csat, nps: surveys.Nps
) -> None:
    """Customers leave, more of them after a bad answer to either survey."""
    who = np.concatenate([drawn.who[csat.ticket], nps.who])
    at = np.concatenate([csat.answered, nps.answered])
    bad = np.concatenate([csat.score <= 3, nps.score <= 6])
    said = at < NEVER
    customers.leave(rng, them, who[said], at[said], bad[said])


def _renumber(csat: surveys.Csat, stays: Flags) -> surveys.Csat:
    """Surveys of the tickets that stay, pointing at their new places."""
    kept = tickets.keep(csat, stays[csat.ticket])
    kept.ticket = (np.cumsum(stays) - 1)[kept.ticket]
    return kept


def _tables(
    rng: np.random.Generator,
    phrases: Phrases,
    them: customers.Customers,
    drawn: tickets.Tickets,
    course: timeline.Course,
    csat: surveys.Csat,
    nps: surveys.Nps,
) -> dict[str, Table]:
    """Words for everything that happened."""
    names = people.christen(rng, them.size)
    plan, subscriptions = people.subscribe(rng, them)
    ids = np.arange(drawn.size) + exports.TICKET_ID
    subject, opening = messages.openings(rng, phrases, drawn, course, names)
    piles = messages.pile_up(rng, phrases, drawn, course, names, opening)
    csat = _by_sending(csat)
    answers = comments.csat_rows(rng, phrases, csat, drawn, course, names, ids)
    score = exports.satisfaction_words(drawn.size, csat, answers["Comment"])
    words = {"subject": subject, "description": opening}
    return {
        "zendesk_tickets.csv": exports.ticket_rows(rng, drawn, course, names, phrases.themes, words, score),
        "messages.csv": messages.message_rows(piles, drawn, names, ids),
        "csat_survey.csv": answers,
        "nps_survey.csv": comments.nps_rows(rng, phrases, nps, them, names),
        "customers.csv": people.customer_rows(them, names, plan),
        "subscriptions.csv": subscriptions,
    }


def _by_sending(csat: surveys.Csat) -> surveys.Csat:
    order = np.argsort(csat.sent, kind="stable")
    return surveys.Csat(csat.ticket[order], csat.sent[order], csat.answered[order], csat.score[order])


def _write(path: Path, table: Table) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table)
        writer.writerows(zip(*table.values(), strict=True))
    return path
