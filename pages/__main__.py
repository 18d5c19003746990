"""`python -m pages`: what the top layer does on the command line, a password for the door and the brief as a mail."""

import argparse
import secrets
import sys
from collections.abc import Callable, Mapping
from getpass import getpass

from pages.access import passwords
from pages.server import digest

LINES = """
Add these lines to .streamlit/secrets.toml and start the server again:

[access]
{name} = "{hashed}"
secret = "{secret}"

Or set them in the environment (single quotes, because of the $):

DESKPULSE_{upper}='{hashed}'
DESKPULSE_SECRET='{secret}'

`secret` signs the sessions. Where one is set already, keep it; another one signs everybody out."""


def main(arguments: list[str] | None = None) -> int:
    """0 when all went well, 2 when the password will not do."""
    parser = argparse.ArgumentParser(prog="python -m pages", description="The top layer on the command line.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (told, prepare, _) in COMMANDS.items():
        prepare(commands.add_parser(name, help=told))
    said = parser.parse_args(arguments)
    return COMMANDS[said.command][2](said)


def for_password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--viewer", action="store_true", help="one that only looks, without personal data")


def password(said: argparse.Namespace) -> int:
    return made("viewer_password" if said.viewer else "password")


def made(name: str) -> int:
    """Asks without showing what is typed. What is printed holds a hash, never the password."""
    first = getpass("Password: ")
    if len(first) < passwords.SHORTEST or len(first) > passwords.LONGEST:
        print(f"Take at least {passwords.SHORTEST} characters: three or four unrelated words do well.", file=sys.stderr)
        return 2
    if getpass("The same again: ") != first:
        print("The two are not the same.", file=sys.stderr)
        return 2
    print(LINES.format(name=name, upper=name.upper(), hashed=passwords.hashed(first), secret=secrets.token_hex(32)))
    return 0


Command = tuple[str, Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], int]]
COMMANDS: Mapping[str, Command] = {
    "password": ("make the lines that let people in with a password", for_password, password),
    "digest": ("send the brief, or another page, as a mail", digest.arguments, digest.run),
}

if __name__ == "__main__":
    sys.exit(main())
