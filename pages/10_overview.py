"""Overview: "How are we doing?" """

from pages import visit
from pages.elements import draw, notices

if visit.current().empty:
    draw.each(notices.first_start())
