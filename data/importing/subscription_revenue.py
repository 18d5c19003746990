"""What a subscription brings in a month, and when it ended, out of the columns billing systems write."""

from __future__ import annotations

from collections.abc import Mapping

from data.cells.sql_forms import one_of

DAYS = 30.4375  # of a month
TRIALS = ("trialing", "trial", "in_trial", "in trial", "trialling")
ENDED = ("canceled", "cancelled", "expired", "ended", "incomplete_expired", "terminated", "inactive", "closed", "churned")
RECURRING = (  # words of an interval, and its months; a number before them counts ("3 months")
    ("half.?year|semi.?annual|bi.?annual", 6.0),
    ("quarter", 3.0),
    ("year|annual|yr", 12.0),
    ("month|mon|mo$", 1.0),
    ("two.?week|bi.?week|fortnight", 14 / DAYS),
    ("week|wk", 7 / DAYS),
    ("day|dai", 1 / DAYS),
)


def paid(outputs: Mapping[str, str]) -> dict[str, str]:
    """Our columns that follow from others of the row; `outputs` gives the SQL of those the file has."""
    return {**_monthly(outputs), **_end(outputs), **_trial(outputs)}


def _monthly(outputs: Mapping[str, str]) -> dict[str, str]:
    """The file's own figure first; a price without a known interval is no monthly revenue."""
    found = [outputs["mrr"]] if "mrr" in outputs else []
    found += [f"{outputs['arr']} / 12"] if "arr" in outputs else []
    for name in ("amount", "unit_amount"):
        if name in outputs and (months := _months(outputs)):
            units = "coalesce(quantity, 1)" if name == "unit_amount" and "quantity" in outputs else "1"
            found.append(f"{outputs[name]} * {units} / {months}")
    return {"mrr": f"coalesce({', '.join(found)})"} if found and found != ["mrr"] else {}


def _months(outputs: Mapping[str, str]) -> str | None:
    """SQL for how many months one payment covers: as the interval says, else as long as the running period."""
    ways = []
    if "billing_interval" in outputs:
        word = "lower(billing_interval)"
        times = f"coalesce(try_cast(regexp_extract({word}, '\\d+') as double), 1)"
        cases = " ".join(f"when regexp_matches({word}, '{words}') then {months} * {times}" for words, months in RECURRING)
        ways.append(f"nullif(case {cases} end, 0)")
    if "period_start" in outputs and "period_end" in outputs:
        days = f"nullif(date_diff('day', {outputs['period_start']}, {outputs['period_end']}), 0)"
        ways.append(f"case when {days} >= 27 then round({days} / {DAYS}) when {days} > 0 then {days} / {DAYS} end")
    return f"coalesce({', '.join(ways)})" if ways else None


def _end(outputs: Mapping[str, str]) -> dict[str, str]:
    """A subscription that was told to stop runs on until its status says it has."""
    if "cancelled_at" not in outputs:
        return {}
    stopped = outputs["cancelled_at"]
    if "status" in outputs:
        stopped = f"case when {one_of('lower(status)', ENDED)} then {stopped} end"
    return {"ended_at": f"coalesce({outputs['ended_at']}, {stopped})" if "ended_at" in outputs else stopped}


def _trial(outputs: Mapping[str, str]) -> dict[str, str]:
    if "status" not in outputs or "trial" in outputs:
        return {}
    return {"trial": one_of("lower(status)", TRIALS)}
