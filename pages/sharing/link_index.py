"""The links that work right now, in memory: a shared page is served without asking the database or anybody's session."""

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache

from data import store as stores
from data.store import Store
from data.workspace import shares
from data.workspace.shares import Offer, Share

ROOM = 64 << 20  # bytes of pages kept at hand
EVERY = 5.0  # seconds between two writings of who has looked


def utc() -> datetime:
    """Now, as the database keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


NOBODY = Share("", "frozen", "", "", (), "", datetime.min, "", datetime.min, None, "", None, 0, None, "")


class Live:
    """All shares of a store by the hash of their token. Looking up a wrong token and an old one takes the same steps."""

    def __init__(self, store: Store, clock: Callable[[], datetime] = utc) -> None:
        self.store, self.clock = store, clock
        self._lock = threading.Lock()
        self._shares = {share.token_hash: share for share in shares.every(store)}
        self._pages: OrderedDict[str, bytes] = OrderedDict()
        self._seen: dict[str, tuple[int, datetime]] = {}
        self._waiting: threading.Timer | None = None

    def find(self, token: str) -> Share | None:
        """The share that this token opens, if it still does."""
        share = self._shares.get(shares.fingerprint(token), NOBODY)
        return share if share.works(self.clock()) else None

    def known(self, name: str) -> Share | None:
        """The share of this id, if it still works; for who has shown its token before."""
        share = next((one for one in list(self._shares.values()) if one.id == name), None)
        return share if share is not None and share.works(self.clock()) else None

    def working(self) -> list[Share]:
        """Links that open something right now."""
        now = self.clock()
        return [share for share in list(self._shares.values()) if share.works(now)]

    def page(self, share: Share) -> bytes | None:
        """The page as it is kept (gzip); from memory when it was asked for lately."""
        found = self._pages.get(share.id)
        return found if found is not None else self._read(share)

    def at_hand(self, share: Share) -> bool:
        return share.id in self._pages

    def _read(self, share: Share) -> bytes | None:
        path = shares.page_file(self.store, share.id)
        if not path.exists():
            return None
        page = path.read_bytes()
        with self._lock:
            self._pages[share.id] = page
            while sum(map(len, self._pages.values())) > ROOM and len(self._pages) > 1:
                self._pages.popitem(last=False)
        return page

    def add(self, offer: Offer, page: bytes | None = None, numbers: bytes = b"") -> tuple[Share, str]:
        share, token = shares.add(self.store, offer, page, self.clock(), numbers)
        self._shares[share.token_hash] = share
        return share, token

    def revoke(self, share: Share) -> None:
        """In memory first: the next request finds nothing, whatever the disk is doing."""
        now = self.clock()
        self._shares.pop(share.token_hash, None)
        self._pages.pop(share.id, None)
        shares.revoke(self.store, share, now)

    def extend(self, share: Share, by: timedelta = shares.LASTS) -> None:
        """From today on, or from when it would have ended, whichever is later."""
        until = max(share.expires, self.clock()) + by
        self._shares[share.token_hash] = shares.extend(self.store, share, until)

    def count(self, share: Share) -> None:
        """Somebody has looked. Written down a little later, with everybody else who looks meanwhile."""
        with self._lock:
            self._seen[share.id] = (self._seen.get(share.id, (0,))[0] + 1, self.clock())
            if self._waiting is None:
                self._waiting = threading.Timer(EVERY, self.write)
                self._waiting.daemon = True
                self._waiting.start()

    def write(self) -> None:
        """Puts the counts into the table; what cannot be written now is written with the next ones."""
        with self._lock:
            seen, self._seen, self._waiting = self._seen, {}, None
        if not seen or self.store.closed:  # the timer may ring after the end
            return
        try:
            shares.seen(self.store, seen)
        except Exception:
            with self._lock:
                for name, (times, last) in seen.items():
                    later = self._seen.get(name, (0, last))
                    self._seen[name] = (times + later[0], max(last, later[1]))
            raise


@cache
def of(store: Store) -> Live:
    """One for each open store."""
    return Live(store)


_at_hand: list[Live] = []
_opening = threading.Lock()


def server() -> Live:
    """Of the server's own store. The first call may have to open the database."""
    with _opening:  # many readers may come first at the same moment
        _at_hand[:] = [of(stores.default())]
        return _at_hand[0]


def at_hand() -> Live | None:
    """The same without waiting for anything, once somebody has asked: the store is open then. It is asked for each time, so that
    no index is handed out whose store has been closed and followed by another."""
    return of(stores.default()) if _at_hand else None


def unpacked(page: bytes) -> bytes:
    return gzip.decompress(page)
