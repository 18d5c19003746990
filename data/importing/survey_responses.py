"""Wide survey files: one row of the file holds several answers, and each becomes a response of its own."""

from __future__ import annotations

from data.cells.scores import SCALES
from data.cells.sql_forms import text
from data.formats import Question
from data.formats.match import Use
from data.formats.our_columns import MEANS
from data.importing.convert import Plan


def asked(plan: Plan) -> list[tuple[Question, Use]]:
    """The questions of the format that this file has."""
    uses = {use.column.name: use for use in plan.match.uses}
    return [(question, uses[question.score.name]) for question in plan.match.format.questions if question.score.name in uses]


def select(plan: Plan, rows: str) -> str:
    """Responses out of the converted rows: those with a score, or asked and not answered, or with a comment."""
    found = asked(plan)
    if not found:
        tests = {"score": "score is not null", "offered": "offered", "comment": "comment is not null"}
        said = " or ".join(test for name, test in tests.items() if name in plan.outputs()) or "false"
        return f"select *{_scales(plan)}, place as file_row from {rows} where {said}"
    return " union all by name ".join(_one(plan, rows, number, len(found)) for number in range(len(found)))


def _scales(plan: Plan) -> str:
    """Where each row names its question, the answers to each question show its scale."""
    if "kind" not in plan.outputs() or not (use := plan.match.use("score")):
        return ""
    widest = plan.readings[use].scale
    high = f"quantile_disc(score, 0.995) filter (scale_max = {widest}) over (partition by kind)"
    tops = " ".join(f"when {high} <= {top} then {top}" for top in SCALES)
    most = f"case when scale_max < {widest} or score is null then scale_max when kind = 'nps' then 10 {tops} else {widest} end"
    low = f"coalesce(min(score) filter (scale_max = {widest}) over (partition by kind), 1)"
    least = f"case when kind = 'nps' or scale_max = 1 or {low} < 1 then 0 else 1 end"
    return f" replace ({least}::double as scale_min, {most}::double as scale_max)"


def _one(plan: Plan, rows: str, number: int, count: int) -> str:
    question, use = asked(plan)[number]
    prefix = question.score.name.replace(" ", "_")
    reading = plan.readings[use]
    several = len(plan.match.format.questions) > 1
    own = [name for name in plan.outputs() if "_question_" not in name and name not in MEANS and "aside_" not in name]
    comment = "comment" in own and number == 0  # one remark is one remark, however many questions stand beside it
    chosen = [
        "source",
        "import_id",
        f"id || {text(':' + question.kind)} as id" if several else "id",
        *(name for name in own if name not in ("id", "comment")),
        *(["comment"] if comment else []),
        f"{text(question.kind)} as kind",
        f"{prefix}_score as score",
        # words (Good, Bad) are 0 and 1, whatever scale the numbers beside them have
        f"case when {prefix}_scale = 1 then 0.0 else {reading.least} end as scale_min",
        f"coalesce({prefix}_scale, {reading.scale}) as scale_max",
        f"{prefix}_offered as offered",
        "unread",
        "place as file_row",
        f"place * {count} + {number} as place",
    ]
    if question.survey and "survey" not in own:
        chosen.append(f"{text(question.survey)} as survey")
    remark = " or comment is not null" if comment else ""
    return f"select {', '.join(chosen)} from {rows} where {prefix}_score is not null or {prefix}_offered{remark}"
