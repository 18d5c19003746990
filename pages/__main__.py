"""`python -m pages password`: asks for a password twice and prints the lines that open the door with it."""

import argparse
import secrets
import sys
from getpass import getpass

from pages.doors import passwords

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
    commands = parser.add_subparsers(dest="command", required=True)
    password = commands.add_parser("password", help="make the lines that let people in with a password")
    password.add_argument("--viewer", action="store_true", help="one that only looks, without personal data")
    said = parser.parse_args(arguments)
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


if __name__ == "__main__":
    sys.exit(main())
