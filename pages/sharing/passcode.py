"""The passcode of a link: asked for on a small page, tried slowly and seldom, then remembered in a cookie for a while."""

import hmac
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from hashlib import sha256

from data.workspace.shares import Share
from pages.access import passwords

KEY = secrets.token_bytes(32)  # of this process: after a restart the passcode is asked for again
COOKIE = "deskpulse-guest"
HOURS = 8
SHORTEST = 6  # characters of a passcode
TRIES, OF_ALL = 10, 60  # wrong ones within WINDOW, of one link and of all together
WINDOW = 600.0  # seconds
REMEMBERED = 10_000  # links whose tries are remembered


class Tries:
    """Tries within a sliding window, counted before the passcode is looked at: many at once do not slip by."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._all: deque[float] = deque()
        self._each: OrderedDict[str, deque[float]] = OrderedDict()

    def allowed(self, name: str) -> bool:
        """Whether one more is; if so, it is counted."""
        now, own = self._clock(), self._each.setdefault(name, deque())
        for tries in (self._all, own):
            while tries and tries[0] <= now - WINDOW:
                tries.popleft()
        if len(own) >= TRIES or len(self._all) >= OF_ALL:
            return False
        own.append(now)
        self._all.append(now)
        if len(self._each) > REMEMBERED:
            self._each.popitem(last=False)
        return True

    def forgive(self, name: str) -> None:
        """A right one: this link's readers start afresh."""
        for moment in self._each.pop(name, ()):
            if moment in self._all:
                self._all.remove(moment)


tries = Tries()


def matches(share: Share, passcode: str) -> bool:
    return share.passcode_hash is not None and passwords.fits(passcode, share.passcode_hash)


def cookie(share: Share) -> str:
    """Says until when, and that we said so."""
    until = str(int(time.time()) + HOURS * 3600)
    return f"{until}.{_signed(share, until)}"


def opened(share: Share, cookies: Mapping[str, str]) -> bool:
    """Whether this reader has given the passcode not long ago."""
    if share.passcode_hash is None:
        return True
    until, _, signature = cookies.get(COOKIE, "").partition(".")
    fits = hmac.compare_digest(signature.encode(), _signed(share, until).encode())
    return fits and until.isdigit() and int(until) > time.time()


def _signed(share: Share, until: str) -> str:
    return hmac.new(KEY, f"{share.id}|{share.passcode_hash}|{until}".encode(), sha256).hexdigest()
