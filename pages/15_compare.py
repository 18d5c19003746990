"""Compare: "Which of the two does better?"

Shared: alone
For: all
About: numbers
"""

from pages import context
from pages.content import comparison_blocks, page
from pages.document import notices
from pages.document.blocks import Block
from pages.screen import comparison_choices, url_choices

now = context.current()


def compared(chosen: tuple[str, str, str] | None) -> list[Block]:
    if chosen is None:
        return [notices.nothing_here("No column of these files has two values to compare, such as two channels or two teams.")]
    return comparison_blocks.compared(*chosen)


comparison_choices.bound()
with url_choices.line():
    chosen = comparison_choices.sides()
page.show(lambda: compared(chosen))
