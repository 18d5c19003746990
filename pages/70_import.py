"""Import: "What do we know, and from where?" """

from pages import intake, visit
from pages.elements import drop_zone, history, running, sheet, start, unlocks
from queries import imports

now = visit.current()
found = imports.history(now.store)
if not found:
    start.draw()
else:
    sheet.apply("papers.css")
    drop_zone.draw()
    running.draw(now.store)
    history.remove_sample(found, now.store)
    history.draw(found, now.store)
    if not intake.server.busy:
        unlocks.draw(now.store)
    drop_zone.otherwise(now.store)
