"""Which doors there are, from `.streamlit/secrets.toml` and, before that, from the environment.

What is half written opens nothing: it becomes a problem that the closed door names, and nobody comes in, not even from
this machine, until it is put right.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pages.streamlit_server import secrets

SHORTEST = 32  # characters of a key that signs cookies
PROVIDER = ("client_id", "client_secret", "server_metadata_url")
LONGEST_SESSION = 24 * 30


@dataclass(frozen=True)
class Settings:
    """Everything the doors go by. `problems` are sentences for the person who runs the server."""

    password: str = ""
    viewer_password: str = ""
    secret: str = ""
    session_hours: float = 12
    managers: tuple[str, ...] = ()
    viewers: tuple[str, ...] = ()
    emails_are_verified: bool = False  # for providers that never say so because all their addresses are the company's own
    trusted_proxy: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()  # names for st.login; "default" is the one without a name
    problems: tuple[str, ...] = ()

    @property
    def by_password(self) -> bool:
        return bool(self.password or self.viewer_password) and not self.problems

    @property
    def by_openid(self) -> bool:
        return bool(self.providers) and not self.problems

    @property
    def open(self) -> bool:
        """Whether there is a way in."""
        return self.by_password or self.by_openid

    @property
    def any(self) -> bool:
        """Whether anybody has begun to set a door up: from then on nobody comes in without one."""
        return bool(self.password or self.viewer_password or self.providers or self.problems)


def read() -> Settings:
    """As they are now; an unreadable file is a problem, not the absence of doors."""
    try:
        access, auth = secrets("access"), secrets("auth")
    except Exception as error:  # whatever is wrong with the file, the doors stay shut
        return Settings(problems=(f"secrets.toml cannot be read: {type(error).__name__}.",))
    if not isinstance(access, Mapping) or not isinstance(auth, Mapping):
        return Settings(problems=("[access] and [auth] in secrets.toml are sections, not values.",))
    return made(access, auth, os.environ)


def made(access: Mapping[str, Any], auth: Mapping[str, Any], environment: Mapping[str, str]) -> Settings:
    """The settings that these sections and this environment make; the environment wins."""
    said = dict(access) | {name: value for name in WORDS if (value := environment.get(f"DESKPULSE_{name.upper()}", ""))}
    named = tuple(name for name, value in auth.items() if isinstance(value, Mapping) and name != "client_kwargs")
    providers = (("default",) if "client_id" in auth else ()) + named
    return Settings(
        password=str(said.get("password", "")),
        viewer_password=str(said.get("viewer_password", "")),
        secret=str(said.get("secret", "")),
        managers=listed(said.get("managers", ())),
        viewers=listed(said.get("viewers", ())),
        trusted_proxy=listed(said.get("trusted_proxy", ())),
        session_hours=hours(said.get("session_hours", 12)),
        emails_are_verified=str(said.get("emails_are_verified", "")).lower() in ("true", "1", "yes"),
        providers=providers,
        problems=tuple([*wrong(said), *(wrong_auth(auth, providers) if auth else ())]),
    )


WORDS = (
    "password",
    "viewer_password",
    "secret",
    "session_hours",
    "managers",
    "viewers",
    "emails_are_verified",
    "trusted_proxy",
)


def listed(value: Any) -> tuple[str, ...]:
    """A list of TOML, or words between commas from the environment."""
    parts = value.split(",") if isinstance(value, str) else value if isinstance(value, (list, tuple)) else ()
    return tuple(word for part in parts if (word := str(part).strip()))


def hours(value: Any) -> float:
    try:
        return min(max(float(value), 0.1), LONGEST_SESSION)
    except (TypeError, ValueError):
        return 12


def wrong(said: Mapping[str, Any]) -> Iterator[str]:
    """What keeps [access] from being used."""
    for name in ("password", "viewer_password"):
        if said.get(name) and not str(said[name]).startswith("scrypt$"):
            yield f"`{name}` should be the line that `python -m pages password` prints, not a password."
    if said.get("secret") and len(str(said["secret"])) < SHORTEST:
        yield f"`secret` is shorter than {SHORTEST} characters."
    for unknown in sorted(set(said) - set(WORDS)):
        yield f"[access] has no setting `{unknown}`."


def wrong_auth(auth: Mapping[str, Any], providers: tuple[str, ...]) -> Iterator[str]:
    """What keeps [auth] from being used; whoever guesses `cookie_secret` can be anybody."""
    if len(str(auth.get("cookie_secret", ""))) < SHORTEST:
        yield f"[auth] `cookie_secret` is missing or shorter than {SHORTEST} characters."
    if not urlsplit(str(auth.get("redirect_uri", ""))).path.endswith("/oauth2callback"):
        yield "[auth] `redirect_uri` should be this server's address with /oauth2callback at its end."
    if not providers:
        yield "[auth] names no provider: client_id, client_secret and server_metadata_url are missing."
    for name in providers:
        section = auth if name == "default" else auth[name]
        for key in PROVIDER:
            if not section.get(key):
                yield f"[auth] `{key}` is missing{'' if name == 'default' else f' for {name}'}."
