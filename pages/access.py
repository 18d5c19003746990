"""Who is asking, and what they may see. Every page and every route asks here first."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal

Role = Literal["manager", "viewer", "guest"]

# A request that came through another machine says so in one of these.
PROXY_HEADERS = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "cf-connecting-ip")


@dataclass(frozen=True)
class Reader:
    """A person with a role. `name` is an e-mail address or, without sign-in, empty."""

    role: Role
    name: str = ""

    @property
    def manages(self) -> bool:
        """May import, set targets, share and change settings."""
        return self.role == "manager"

    @property
    def sees_personal_data(self) -> bool:
        return self.role == "manager"


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this very machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def host_name(header: str) -> str:
    """`127.0.0.1:8501` and `[::1]:8501` without their port."""
    return header[1:].partition("]")[0] if header.startswith("[") else header.partition(":")[0]


def is_local(headers: Mapping[str, str], bound_to: str | None, came_from: str | None) -> bool:
    """The person at the machine itself: nobody else can reach a loopback address, unless something passes requests on.

    The caller's address is checked too (another server program may bind elsewhere than the settings say), and the host
    name, so that a website cannot reach the server under a name of its own (DNS rebinding).
    """
    given = {name.lower(): value for name, value in headers.items()}
    if not bound_to or any(name in given for name in PROXY_HEADERS):
        return False
    return all(map(is_loopback, (bound_to, came_from or "localhost", host_name(given.get("host", "localhost")))))


def reader(headers: Mapping[str, str], bound_to: str | None, came_from: str | None) -> Reader | None:
    """The reader behind a request, or None when no door is set up for people from elsewhere."""
    return Reader("manager") if is_local(headers, bound_to, came_from) else None
