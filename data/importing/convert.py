"""Turns a recognised file into rows of a unified table: one SELECT over the strict scan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from data.cells.column_kind import Converted, Reading, Setting
from data.cells.doubts import Doubt
from data.cells.profile import KINDS
from data.cells.scores import is_mark
from data.cells.sql_forms import clean, prepared, text
from data.cells.timestamp_spellings import NEVER as NEVER_WAS
from data.cells.vocabulary import STRANGE, settled
from data.cells.zones import to_utc
from data.formats.match import Match, Use
from data.formats.our_columns import ACTIVE, ASSIGNED, INTERNAL, MEANS, VERSION
from data.importing.event_fields import IDENTITY, changed
from data.importing.subscription_revenue import paid

TOTALS = (
    "('total', 'totals', 'grand total', 'grand totals', 'sum', 'subtotal', 'average', 'summe', 'gesamt', 'gesamtsumme', "
    "'gesamtergebnis', 'total général', 'total general', 'totale', 'totaal', 'suma', 'total:', 'summe:', 'gesamt:')"
)
UNASKED = "neither NPS, CSAT nor CES"
NEVER = "first_reply_minutes", "first_reply_business_minutes"
ZEROS = (
    "'{name}' is exactly 0 in {share:.0%} of its rows: they count as answered at once. If 0 stands for no answer yet, the wait is "
    "longer than the numbers say; a column with the number of replies would tell them apart."
)


@dataclass(frozen=True)
class Plan:
    """Everything that decides how the file's rows become ours."""

    match: Match
    readings: Mapping[Use, Reading]
    setting: Setting
    width: int  # how many columns the file has
    source: str
    import_id: str
    doubts: tuple[Doubt, ...] = ()  # of the file as a whole; those of a column stand with its reading

    def converted(self, use: Use) -> Converted:
        found: Converted = KINDS[use.column.kind].convert(use.place, use, self.readings[use], self.setting)
        return found

    def checked(self) -> list[Use]:
        """The columns whose cells may fail to convert; their place in the list is their bit in `unread`."""
        return [use for use in self.match.uses if self.converted(use).checked]

    def outputs(self) -> dict[str, str]:
        """Our columns and the SQL that fills each from the cells of a row."""
        found: dict[str, str] = {}
        for use in self.match.uses:
            for part, sql in self.converted(use).outputs.items():
                name = name_of(use, part)
                if name in self.setting.types or _is_question(use) or name in MEANS or use.column.kind == "mark":
                    found.setdefault(name, sql)
        if self.match.use("score") and "scale_min" in self.setting.types:
            least = self.readings[self.match.uses[self._place("score")]].least
            found["scale_min"] = f"if({found['scale_max']} = 1, 0.0, {least})"  # words (Good, Bad) are 1 and 0
        return found

    def _place(self, name: str) -> int:
        return next(place for place, use in enumerate(self.match.uses) if use.column.name == name)

    def select(self, scan: str, extra: str = "") -> str:
        """One row per record: our columns, `unread`, and what `extra` asks for ("place, " for its place in the file)."""
        outputs = self.outputs()
        numbered = ", row_number() over () - 1 as place" if "place" in extra else ""
        cells = [f"c{use.place}" for use in self.checked()]
        identity = self._identity(outputs)
        inner = ", ".join([*dict.fromkeys(cells), *(f"{sql} as {name}" for name, sql in {**outputs, **identity}.items())])
        keep = {use.place: use.column.keep for use in self.match.uses if use.column.keep}
        fixed = {
            "source": text(self.source),
            "import_id": f"{int(self.import_id or 0)}::bigint",
            **{name: text(value) for name, value in self.match.format.fixed.items()},
        }
        stamps = self._in_utc(outputs)
        outer = {**fixed, **{name: name for name in (*outputs, *identity)}, **stamps, **self.derived(outputs, stamps)}
        outer = {name: sql for name, sql in outer.items() if self._kept(name, extra)}
        outer |= self._numbered(identity)
        if asides := self.asides(outputs):
            outer["id"] = f"case when not ({' or '.join(test for test, _ in asides)}) then {outer['id']} end"
            tests = "".join(f" when {test} then {number}" for number, (test, _) in enumerate(asides, start=1))
            outer |= {"aside": f"case{tests} else 0 end"} if extra else {}
        chosen = ", ".join(f"{sql} as {name}" for name, sql in outer.items())
        rows = f"select {inner}{numbered} from {prepared(scan, inner, keep)}"
        return f"select {extra}{chosen}, {self._unread()} as unread from ({rows})"

    def _identity(self, outputs: Mapping[str, str]) -> dict[str, str]:
        """SQL for the id of a row whose file has none for it."""
        if "id" in outputs:
            return {}
        if self.match.format.table == "orders":
            return {"id": outputs.get("order_id", "null::varchar")}
        telling = [use.place for use in self.match.uses if use.column.name in IDENTITY]
        return {"id": content_hash(telling if self.match.format.table == "events" else range(self.width))}

    def _numbered(self, identity: Mapping[str, str]) -> dict[str, str]:
        """Rows that are alike in every cell are still rows of their own, and so are the lines of an order; a change is not."""
        if not identity or self.match.format.table == "events":
            return {}
        if self.match.format.table == "orders":
            return {"id": "id || '-' || row_number() over (partition by id order by place)"}
        nth = "row_number() over (partition by id)"
        return {"id": f"id || case {nth} when 1 then '' else '-' || {nth} end"}

    def asides(self, outputs: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
        """Tests for rows that are no records, each with its reason."""
        outputs = self.outputs() if outputs is None else outputs
        found = [(one.column.name, one.reason) for one in self.match.format.asides if one.column.name in outputs]
        unasked = self.match.format.table == "responses" and "kind" in outputs
        return [*found, *([("kind is null", f"a survey that is {UNASKED}")] if unasked else [])]

    def _kept(self, name: str, extra: str) -> bool:
        """Whether a column leaves the conversion: the version only where versions of one record are compared."""
        if name in self.setting.types:
            return True
        return bool(extra) if name == VERSION else name not in MEANS and not name.startswith("aside_")

    def _in_utc(self, outputs: Mapping[str, str]) -> dict[str, str]:
        """The stamps that are still on the wall clock of the file's time zone."""
        walls = [use.column.name for use in self.match.uses if use.column.name in outputs and self.converted(use).wall]
        return {name: to_utc(name, self.setting.clock) for name in walls}

    def derived(self, outputs: Mapping[str, str], stamps: Mapping[str, str]) -> dict[str, str]:
        """What follows from several columns of one record."""
        if self.match.format.table == "subscriptions":
            return paid({name: stamps.get(name, name) for name in outputs})
        if self.match.format.table == "events":
            return changed(outputs, self.match.format.fixed)
        if self.match.format.table == "messages":
            return _said_of_ticket(outputs)
        if self.match.format.table == "customers" and ACTIVE in outputs and "churned" not in outputs:
            return {"churned": f"not {ACTIVE}"}
        if self.match.format.table != "tickets":
            return {}
        found = {"status": settled("solved_at" in outputs)} if "status" in outputs else {}
        if "status" not in outputs and (ends := [name for name in ("solved_at", "resolution_minutes") if name in outputs]):
            over = f"{ends[0]} is not null"
            if len(ends) == 2:  # some write 0 for what has not ended
                over += " or resolution_minutes > 0"
                found["resolution_minutes"] = "if(resolution_minutes = 0 and solved_at is null, null, resolution_minutes)"
            found["status"] = f"if({over}, 'solved', 'open')"
        if "replies" in outputs:  # a zero beside no reply at all was never a wait of zero
            found |= {name: f"case when {name} = 0 and replies = 0 then null else {name} end" for name in NEVER if name in outputs}
        return found

    def _unread(self) -> str:
        """One bit per checked column: the cell was filled but could not be read."""
        bits = []
        for bit, use in enumerate(self.checked()):
            name = name_of(use, next(iter(self.converted(use).outputs)))
            failed = f"{name} is null and c{use.place} is not null"
            if self.readings[use].marked:
                failed += f" and {clean(f'c{use.place}')} is not null"
            if use.column.kind == "score":
                failed += is_mark(use.place, use)
            if use.column.kind == "when":
                failed += f" and not regexp_matches(c{use.place}, {text(NEVER_WAS)})"
            if use.column.kind == "choice":
                failed = f"starts_with({name}, {text(STRANGE)})"
            bits.append(f"case when {failed} then {1 << bit} else 0 end")
        return f"({' + '.join(bits)})::bigint" if bits else "0::bigint"


def _said_of_ticket(outputs: Mapping[str, str]) -> dict[str, str]:
    """A message's flag turned round; and whether it gave its ticket to a person or to a team."""
    found = {"public": "not internal"} if INTERNAL in outputs and "public" not in outputs else {}
    if ASSIGNED in outputs and "ticket_agent" in outputs:
        team = f"lower({ASSIGNED}) = 'team'"
        found |= {"ticket_agent": f"if({team}, null, ticket_agent)", "ticket_team": f"if({team}, ticket_agent, null)"}
    return found


def name_of(use: Use, part: str) -> str:
    """Which of our columns a part of a converted column fills."""
    if use.column.kind != "score":
        return part
    if use.column.name == "score":
        return {"score": "score", "scale": "scale_max", "offered": "offered"}[part]
    return f"{use.column.name.replace(' ', '_')}_{part}"


def _is_question(use: Use) -> bool:
    return " question " in f"{use.column.name} "


def content_hash(places: Iterable[int]) -> str:
    """An id for a row that has none: the same row, exported again, gets the same id."""
    cells = ", ".join(f"coalesce(c{place}, '')" for place in places)
    return f"md5(concat_ws(chr(31), {cells}))"


def totals(plan: Plan | None = None) -> str:
    """SQL that is true for a row that is no record: no id, a line of totals, or this file's column names once more."""
    return f"(id is null or lower(id) in {TOTALS}{f' or {names_again(plan)}' if plan else ''})"


def names_again(plan: Plan) -> str:
    """SQL that is true for the column names between the rows: exports that were put one below the other."""
    named = plan.match.use("id")
    return f"lower(id) = {text(named.header.lower())}" if named else "false"


def answered_at_once(plan: Plan) -> list[str]:
    """For the receipt: waits of zero, where no number of replies tells whether there was an answer."""
    if plan.match.use("replies"):
        return []
    zeros = [(use, reading) for use, reading in plan.readings.items() if use.column.name in NEVER and reading.zeros >= 0.02]
    return [ZEROS.format(name=use.header, share=reading.zeros) for use, reading in zeros]


def columns_of(plan: Plan, header: Sequence[str]) -> list[dict[str, str | None]]:
    """For the receipt: what became of every column of the file."""
    uses: dict[int, list[str]] = {}
    for use in plan.match.uses:
        uses.setdefault(use.place, []).append(_said(plan, use))
    return [{"column": name, "used_as": ", ".join(uses.get(place, [])) or None} for place, name in enumerate(header)]


def _said(plan: Plan, use: Use) -> str:
    reading = plan.readings[use]
    if use.column.kind == "duration":
        written = reading.shapes[0] if reading.shapes else use.unit or "as written"
        return use.column.name.removesuffix("_minutes").replace("_", " ") + f" ({written})"
    if use.column.kind == "mark":
        return "rows to set aside"
    if use.column.name == "score" and plan.match.use("kind"):
        return "score (each kind of survey on its own scale)"
    if use.column.kind == "score" and reading.scale is not None:
        kind = use.column.name.removesuffix(" question score")
        return f"{kind} ({reading.shapes[0] if reading.shapes else f'{reading.least:g}-{reading.scale:g}'})"
    return use.column.name.replace("_", " ")
