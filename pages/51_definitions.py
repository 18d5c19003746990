"""Definitions: "What exactly do we count?"

Shared: never
For: all
About: definitions
"""

from pages.content import page
from pages.screen import definitions

page.show(definitions.draw)
