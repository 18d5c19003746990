"""A curve says that it moved as a whole only where it did, more than chance."""

from datetime import date

from pages import context
from pages.access.reader import Reader
from pages.content import changes
from queries import Filters, as_of


def said(sample, **asked) -> str:
    with context.of(context.Context(Reader("manager"), Filters(**asked), sample, as_of(sample))):
        return changes.shifted("reply_shift", "Answered")


def test_the_launch_makes_chat_slower_as_a_whole(sample):
    march = {"range": "custom", "start": date(2026, 3, 1), "end": date(2026, 3, 31), "channel": ("chat",)}
    assert said(sample, **march) == "Answered later than in the 31 days before, all waits considered: more than chance."


def test_nothing_is_said_of_a_quiet_period_or_without_another(sample):
    assert said(sample, range="last-7d", channel=("social",)) == ""
    assert said(sample, range="last-90d", compare="none") == ""


def test_what_would_look_real_alone_is_not_said_beside_numbers_that_did_not_move(sample):
    assert said(sample, range="last-90d") == ""
