"""Settings: "How do we count?" """

from pages import visit
from pages.elements import settings, sheet

sheet.apply("papers.css")
settings.draw(visit.current().store)
