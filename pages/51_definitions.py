"""Definitions: "What exactly do we count?" """

from pages.screen import definitions, draw

draw.each(definitions.draw)
