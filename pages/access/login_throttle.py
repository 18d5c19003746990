"""Whoever guesses passwords waits longer after every wrong one: each address for itself, and all addresses together."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

KNOWN = 10_000  # addresses remembered; the oldest is forgotten first


@dataclass
class Tries:
    """Wrong ones so far, when the last was, and until when no other is listened to."""

    wrong: int = 0
    last: float = 0.0
    until: float = 0.0


@dataclass(frozen=True)
class Patience:
    """How many tries are free, how long the wait grows at most, and after how much quiet all is forgotten (seconds)."""

    free: int
    longest: float
    quiet: float

    def after(self, wrong: int) -> float:
        return 0.0 if wrong < self.free else min(2.0 ** (wrong - self.free + 1), self.longest)


ONE = Patience(free=4, longest=900, quiet=3600)
# Guessing from many addresses at once is slowed to a few tries a minute; a manager waits half a minute at most meanwhile.
ALL = Patience(free=40, longest=30, quiet=900)


class Waits:
    """A try is counted before its password is looked at, so that a thousand at the same moment are not one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._by_address: OrderedDict[str, Tries] = OrderedDict()
        self._all = Tries()

    def ask(self, address: str) -> float:
        """0 when a try may be made now, which is then counted as wrong; else the seconds to wait."""
        now, key = self._clock(), network(address)
        with self._lock:
            mine = self._by_address.setdefault(key, Tries())
            self._by_address.move_to_end(key)
            if len(self._by_address) > KNOWN:
                self._by_address.popitem(last=False)
            waiting = max(mine.until, self._all.until) - now
            if waiting > 0:
                return waiting
            for tries, patience in ((mine, ONE), (self._all, ALL)):
                _count(tries, patience, now)
            return 0.0

    def right(self, address: str) -> None:
        """The password was right: what this address did before is forgotten, and all together have one less."""
        with self._lock:
            self._by_address.pop(network(address), None)
            self._all.wrong = max(self._all.wrong - 1, 0)
            self._all.until = 0.0 if self._all.wrong < ALL.free else self._all.until


def _count(tries: Tries, patience: Patience, now: float) -> None:
    if now - tries.last > patience.quiet:
        tries.wrong = 0
    tries.wrong, tries.last = tries.wrong + 1, now
    tries.until = now + patience.after(tries.wrong)


def network(address: str) -> str:
    """One house has a whole /64 of IPv6 addresses to guess from."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or f"{int(found) >> 64:x}")
    return str(found)


server = Waits()
