"""Definitions: "What exactly do we count?" """

from pages.elements import definitions, draw, sheet

sheet.apply("papers.css")
draw.each(definitions.draw)
