"""Targets: "What did we promise?" """

from pages import visit
from pages.elements import draw, notices, sheet, target_list

now = visit.current()

if now.empty:
    draw.each(notices.first_start())
else:
    sheet.apply("papers.css")
    draw.each(target_list.standing, target_list.another, target_list.past)
