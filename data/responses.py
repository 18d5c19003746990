"""Wide survey files: one row of the file holds several answers, and each becomes a response of its own."""

from __future__ import annotations

from data.cells import text
from data.convert import Plan
from data.formats import Question
from data.recognise import Use


def asked(plan: Plan) -> list[tuple[Question, Use]]:
    """The questions of the format that this file has."""
    uses = {use.column.name: use for use in plan.match.uses}
    return [(question, uses[question.score.name]) for question in plan.match.format.questions if question.score.name in uses]


def select(plan: Plan, rows: str) -> str:
    """Responses out of the converted rows: those with a score, or asked and not answered, or with a comment."""
    found = asked(plan)
    if not found:
        return f"select *, place as file_row from {rows} where score is not null or offered or comment is not null"
    return " union all by name ".join(_one(plan, rows, number, len(found)) for number in range(len(found)))


def _one(plan: Plan, rows: str, number: int, count: int) -> str:
    question, use = asked(plan)[number]
    prefix = question.score.name.replace(" ", "_")
    reading = plan.readings[use]
    several = len(plan.match.format.questions) > 1
    own = [name for name in plan.outputs() if " " not in name and "_question_" not in name]
    comment = "comment" in own and number == 0  # one remark is one remark, however many questions stand beside it
    chosen = [
        "source",
        "import_id",
        f"id || {text(':' + question.kind)} as id" if several else "id",
        *(name for name in own if name not in ("id", "comment")),
        *(["comment"] if comment else []),
        f"{text(question.kind)} as kind",
        f"{prefix}_score as score",
        f"{reading.least} as scale_min",
        f"{reading.scale} as scale_max",
        f"{prefix}_offered as offered",
        "unread",
        "place as file_row",
        f"place * {count} + {number} as place",
    ]
    if question.survey and "survey" not in own:
        chosen.append(f"{text(question.survey)} as survey")
    remark = " or comment is not null" if comment else ""
    return f"select {', '.join(chosen)} from {rows} where {prefix}_score is not null or {prefix}_offered{remark}"
