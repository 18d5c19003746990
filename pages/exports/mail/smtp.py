"""Sends a mail by SMTP. Where to is said in the environment or in secrets.toml; the password is never printed."""

import os
import re
import smtplib
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from pages.exports.mail.message import Mail
from pages.streamlit_server import secrets

ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+")
PORTS = {"tls": 587, "ssl": 465, "none": 25}
PATIENCE = 30.0  # seconds


class CannotSend(Exception):
    """Why not, in a sentence that says what to do."""


@dataclass(frozen=True)
class Server:
    """Who takes our mail."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    security: str = "tls"


def server() -> Server:
    """The environment goes before the file."""
    return read(secrets("smtp"), os.environ)


def read(section: Mapping[str, object], environment: Mapping[str, str]) -> Server:
    """Raises CannotSend with what is missing."""
    names = ("host", "port", "from", "user", "password", "security")
    said = {name: str(environment.get(f"DESKPULSE_SMTP_{name.upper()}", "") or section.get(name, "")) for name in names}
    security = said["security"].lower() or "tls"
    if missing := [f"DESKPULSE_SMTP_{name.upper()}" for name in ("host", "from") if not said[name]]:
        raise CannotSend(f"{' and '.join(missing)} must be set to send mail; --out FILE writes it to a file instead.")
    if security not in PORTS:
        raise CannotSend(f"DESKPULSE_SMTP_SECURITY is '{security}'; there are {', '.join(PORTS)}.")
    if said["port"] and not said["port"].isdecimal():
        raise CannotSend(f"DESKPULSE_SMTP_PORT is '{said['port']}', which is no number.")
    if not ADDRESS.search(said["from"]):
        raise CannotSend(f"DESKPULSE_SMTP_FROM is '{said['from']}', which is no address.")
    port = int(said["port"] or PORTS[security])
    return Server(said["host"], port, said["from"], said["user"], said["password"], security)


def addressed(people: Sequence[str]) -> list[str]:
    """Each one checked: a line break in an address would be a header of its own."""
    if wrong := [person for person in people if not ADDRESS.fullmatch(person)]:
        raise CannotSend(f"'{wrong[0]!r}' is no address." if "\n" in wrong[0] else f"'{wrong[0]}' is no address.")
    return list(dict.fromkeys(people))


def message(mail: Mail, sender: str, people: Sequence[str]) -> EmailMessage:
    """HTML with plain text beside it. Readers do not learn of each other."""
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = mail.subject, sender, people[0] if len(people) == 1 else sender
    made["Date"], made["Message-ID"] = formatdate(localtime=False), make_msgid(domain=sender.rpartition("@")[2].strip("> ") or None)
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(mail.text)
    made.add_alternative(mail.html, subtype="html")
    return made


def send(mail: Mail, people: Sequence[str], to: Server) -> None:
    """Raises CannotSend, with what the server said."""
    try:
        with _connected(to) as connection:
            if to.user:
                connection.login(to.user, to.password)
            refused = connection.send_message(message(mail, to.sender, people), to.sender, list(people))
    except smtplib.SMTPAuthenticationError as error:
        raise CannotSend(f"{to.host} does not take this user and password.") from error
    except (OSError, smtplib.SMTPException) as error:
        raise CannotSend(f"{to.host}:{to.port} did not take the mail: {error}.") from error
    if refused:
        raise CannotSend(f"{to.host} did not take it for {', '.join(refused)}; the others have it.")


def _connected(to: Server) -> smtplib.SMTP:
    """Encrypted and checked, unless it was said that it need not be."""
    if to.security == "ssl":
        return smtplib.SMTP_SSL(to.host, to.port, timeout=PATIENCE, context=ssl.create_default_context())
    connection = smtplib.SMTP(to.host, to.port, timeout=PATIENCE)
    if to.security == "tls":
        try:
            connection.starttls(context=ssl.create_default_context())
        except BaseException:
            connection.close()
            raise
    return connection
