"""Settings: "How do we count?" """

from pages import visit
from pages.elements import settings

settings.draw(visit.current().store)
