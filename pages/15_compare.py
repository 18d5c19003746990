"""Compare: "Which of the two does better?" """

from pages import visit
from pages.elements import choices, draw, notices, side_by_side

now = visit.current()


def compared(chosen):
    if chosen is None:
        return [notices.nothing_here("No column of these files has two values to compare, such as two channels or two teams.")]
    return side_by_side.compared(*chosen)


if now.empty:
    draw.each(notices.first_start())
else:
    side_by_side.bound()
    with choices.line():
        chosen = side_by_side.sides()
    draw.each(lambda: compared(chosen))
