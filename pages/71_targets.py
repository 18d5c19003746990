"""Targets: "What did we promise?" """

from pages import visit
from pages.elements import choices, draw, notices, target_list, targets_outside

now = visit.current()

if now.empty:
    draw.each(notices.first_start())
else:
    if choices.fixed():
        draw.each(targets_outside.told)
    else:
        draw.each(target_list.standing, target_list.another, target_list.past)
