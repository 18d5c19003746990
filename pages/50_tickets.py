"""Tickets: "Which tickets are behind this?"

Shared: never
For: all
About: numbers
"""

from functools import partial

from pages.content import page
from pages.screen import rows_table

metric, search = rows_table.choose()
page.show(partial(rows_table.headline, metric), partial(rows_table.draw, metric, search))
