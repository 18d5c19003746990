"""Definitions: "What exactly do we count?" """

from pages.elements import definitions, draw

draw.each(definitions.draw)
