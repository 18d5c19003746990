"""Durations that stand in the file beside what the stamps give: how many agree, by how much the others differ, and why."""

from pandas import DataFrame

from pages.document import number_format
from pages.document.blocks import Block, Finding, Findings, Notice
from queries.duration_check import PAIRS

TITLE = "Does your file agree with itself?"


def summary(found: DataFrame) -> Block:
    """One sentence for each pair of counts."""
    if found.empty:
        return Notice(
            TITLE,
            "This can be checked once a file has both stamps and ready-made durations, such as 'First reply time in minutes'; "
            "durations in business hours also need the hours under Settings. No ticket in this selection has both.",
        )
    said = [_finding(PAIRS[pair], found[found["pair"] == pair]) for pair in PAIRS if (found["pair"] == pair).any()]
    return Findings(TITLE, tuple(said), finding="The durations in the file against what its stamps or messages give.")


def _finding(name: str, rows: DataFrame) -> Finding:
    """It names all rows of a pair, those that do not agree, and those with the commonest reason."""
    told = [float(rows["n"].sum()), *rows.loc[rows["reason"].notna(), "n"].head(1).astype(float)]
    return Finding(_sentence(name, rows), n=min(told))


def _sentence(name: str, rows: DataFrame) -> str:
    total, agree = int(rows["n"].sum()), int(rows.loc[rows["reason"].isna(), "n"].sum())
    odd = rows[rows["reason"].notna()]
    if odd.empty:
        return f"{name}: all {number_format.count(total, 'ticket', 'tickets')} agree within a minute."
    first = odd.iloc[0]
    gap = number_format.duration(float(first["apart"]))
    counted = number_format.count(total, "ticket", "tickets")
    share = f"{number_format.number(100 * agree / total, 1)} % of {counted} agree within a minute"
    most = f"most often {first['reason']} ({number_format.number(int(first['n']))}, typically {gap} apart)"
    return f"{name}: {share}. {number_format.number(total - agree)} {'does' if total - agree == 1 else 'do'} not; {most}."
