"""Share: "Who has seen what?"

Shared: never
For: managers
About: workspace
"""

from pages import context
from pages.screen.sharing import links_page

links_page.draw(context.current().store)
