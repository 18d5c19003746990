"""How every number of a report is counted, as HTML that folds."""

from collections.abc import Sequence
from html import escape

from pages.document.report import Counted, anchor


def entries(found: Sequence[Counted]) -> str:
    return "".join(map(entry, found))


def entry(one: Counted) -> str:
    """Folded on a phone, open on a screen and on paper (report_page.css). A link leads inside, so that following it unfolds."""
    before = [""] + [name for name, _ in one.lines]  # several lines of one name stand under one heading
    pairs = "".join(
        f"{'' if name == last else f'<dt>{escape(name)}</dt>'}<dd>{escape(text)}</dd>"
        for last, (name, text) in zip(before, one.lines, strict=False)
    )
    return (
        f'<details class="counted"><summary><h3>{escape(one.title)}</h3> <span>{escape(one.question)}</span></summary>'
        f'<dl id="{anchor(one.metric)}">{pairs}</dl></details>'
    )
