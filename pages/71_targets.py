"""Targets: "What did we promise?"

Shared: alone
For: all
About: numbers
"""

from pages import context
from pages.content import page, page_choices, target_blocks_shared
from pages.screen.targets import targets_page

now = context.current()

if page_choices.fixed():
    page.show(target_blocks_shared.told)
else:
    page.show(targets_page.standing, targets_page.another, targets_page.past)
