"""What a line of a ticket's history says in our words: which field changed, and what it became."""

from __future__ import annotations

from collections.abc import Mapping

IDENTITY = ("ticket_id", "changed_at", "field", "value")  # a line that says the same again is the same change
# Some products number their statuses, but also stamp a ticket when it ends and clear that when it is opened again.
ENDING = "ending"


def changed(outputs: Mapping[str, str], fixed: Mapping[str, str]) -> dict[str, str]:
    """Our columns that follow from others of the row; `fixed` tells the field where every line is about the same."""
    if "value" not in outputs:
        return {}
    field = "field" if "field" in outputs else f"'{fixed.get('field', 'status')}'"
    status = "event_status" if "event_status" in outputs else "value"
    priority = "coalesce(event_priority, value)" if "event_priority" in outputs else "value"
    ours = (
        f"case {field} when 'status' then {status} when 'priority' then {priority} "
        f"when '{ENDING}' then if(value is null, 'open', 'solved') else value end"
    )
    named = {"field": f"if(field = '{ENDING}', 'status', field)"} if "field" in outputs else {}
    return {**named, "value": ours, "value_raw": f"nullif(value, {ours})"}
