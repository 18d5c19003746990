"""Compare: "Which of the two does better?" """

from pages import context
from pages.content import comparison_blocks
from pages.document import notices
from pages.screen import draw, url_choices

now = context.current()


def compared(chosen):
    if chosen is None:
        return [notices.nothing_here("No column of these files has two values to compare, such as two channels or two teams.")]
    return comparison_blocks.compared(*chosen)


if now.empty:
    draw.each(notices.first_start())
else:
    comparison_blocks.bound()
    with url_choices.line():
        chosen = comparison_blocks.sides()
    draw.each(lambda: compared(chosen))
