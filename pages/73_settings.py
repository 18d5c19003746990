"""Settings: "How do we count?"

Shared: never
For: managers
About: workspace
"""

from pages import context
from pages.screen.settings import settings_page

settings_page.draw(context.current().store)
