"""Import: "What do we know, and from where?" """

from pages import intake, visit
from pages.elements import described, drop_zone, history, running, start, unlocks, wizard
from queries import imports

now = visit.current()
found = imports.history(now.store)
if wizard.drawn(now.store):
    pass  # one file has the page to itself until its columns are told
elif not found:
    start.draw()
else:
    drop_zone.draw()
    running.draw(now.store)
    history.remove_sample(found, now.store)
    history.draw(found, now.store)
    if not intake.server.busy:
        unlocks.draw(now.store)
    described.draw()
    drop_zone.otherwise(now.store)
