"""Brief: "What is there to tell?" """

from pages import visit
from pages.elements import draw, notices
from pages.reports import brief

if visit.current().empty:
    draw.each(notices.first_start())
else:
    draw.each(brief.blocks)
