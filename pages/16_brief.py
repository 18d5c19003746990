"""Brief: "What is there to tell?" """

from pages import context
from pages.content import brief
from pages.document import notices
from pages.screen import draw

if context.current().empty:
    draw.each(notices.first_start())
else:
    draw.each(brief.blocks)
