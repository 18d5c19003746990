"""Brief: "What is there to tell?"

Shared: whole
For: all
About: numbers
"""

from pages.content import brief, page

page.show(brief.blocks)
