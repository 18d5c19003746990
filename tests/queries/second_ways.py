"""Every number is worked out twice. A metric nobody has done that for fails, and says where it is done."""

from __future__ import annotations

from collections.abc import Callable

Answer = tuple[float | None, int]


class NoSecondWay(Exception):
    """A metric without an answer in plain Python to hold the SQL against."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"queries/metrics/{name}.sql has no second way yet: work it out in plain Python, in tests/queries/reference_metrics.py "
            "if it counts tickets or answers, in reference_customers.py if it counts customers."
        )


class Ways(dict[str, Callable[[], Answer]]):
    """By the id of the metric."""

    def __missing__(self, name: str) -> Callable[[], Answer]:
        raise NoSecondWay(name)
