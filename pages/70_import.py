"""Import: "What do we know, and from where?"

Shared: never
For: managers
About: workspace
"""

from pages import context
from pages.jobs import import_jobs
from pages.screen.importing import drop_zone, first_start, import_list, mapping_wizard, progress, saved_format_list, unlock_list
from queries import import_history

now = context.current()
saved_format_list.left_out()
found = import_history.history(now.store)
if mapping_wizard.drawn(now.store):
    pass  # one file has the page to itself until its columns are told
elif not found:
    first_start.draw()
else:
    drop_zone.draw()
    progress.draw(now.store)
    import_list.remove_sample(found, now.store)
    import_list.draw(found, now.store)
    if not import_jobs.server.busy:
        unlock_list.draw(now.store)
    saved_format_list.draw()
    drop_zone.otherwise(now.store)
