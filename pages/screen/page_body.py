"""What stands below the head of a page: its script, drawn as it runs, or how to begin while nothing is imported."""

from streamlit.navigation.page import StreamlitPage

from pages import context, menu
from pages.content import page
from pages.document import notices
from pages.menu import Entry
from pages.screen.draw import Screen
from pages.screen.importing import first_start


def run(entry: Entry, script: StreamlitPage) -> None:
    """Only pages about numbers need data; the first of them takes files too."""
    with page.into(Screen()):
        if entry.about != "numbers" or not context.current().empty:
            script.run()
        elif entry == menu.entries()[0]:
            first_start.draw()
        else:
            page.show(notices.first_start())
