"""Targets: "What did we promise?" """

from pages import context
from pages.content import target_blocks_shared
from pages.document import notices
from pages.screen import draw, url_choices
from pages.screen.targets import targets_page

now = context.current()

if now.empty:
    draw.each(notices.first_start())
else:
    if url_choices.fixed():
        draw.each(target_blocks_shared.told)
    else:
        draw.each(targets_page.standing, targets_page.another, targets_page.past)
