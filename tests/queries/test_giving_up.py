"""A reader who leaves takes the running queries along."""

import threading
import time

import pytest

from data.store import Store
from queries import engine

ENDLESS = "select count(*) as n from range(100_000_000_000) a(i) where hash(i) = 1"


class Gone(BaseException):
    """What the page raises when its reader has left."""


def test_a_running_query_stops_when_its_reader_leaves(store: Store) -> None:
    begun, ended = threading.Event(), threading.Event()

    def job(opened: Store) -> None:
        begun.set()
        try:
            engine.table(opened, ENDLESS, {})
        finally:
            ended.set()

    def leaves() -> None:
        if begun.is_set():
            raise Gone

    with pytest.raises(Gone):
        engine.together([job], store, leaves)
    assert ended.wait(timeout=10)


def test_a_patient_reader_gets_every_answer_in_the_order_asked(store: Store) -> None:
    def slow(opened: Store) -> int:
        time.sleep(0.15)
        return 1

    assert engine.together([slow, lambda opened: 2, lambda opened: 3], store, lambda: None) == [1, 2, 3]
