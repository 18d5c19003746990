"""Share: "Who has seen what?" """

from pages import visit
from pages.elements import shared_list

shared_list.draw(visit.current().store)
