"""Share: "Who has seen what?" """

from pages import visit
from pages.elements import shared_list, sheet

sheet.apply("papers.css")
shared_list.draw(visit.current().store)
