"""Passwords are kept as salted scrypt hashes: `python -m pages password` makes them, the sign-in compares them."""

import hashlib
import hmac
import os
import threading
from base64 import b64decode, b64encode
from binascii import Error

COST, BLOCK, LANES = 1 << 15, 8, 3  # about a third of a second and 32 MB for each try
MOST_COST = 1 << 18
LONGEST = 1000
SHORTEST = 12

_one_at_a_time = threading.Lock()  # many tries at once would take the memory and the cores of everybody else


def hashed(password: str) -> str:
    """`scrypt$cost$block$lanes$salt$hash`, with a salt of its own each time."""
    salt = os.urandom(16)
    made = _scrypt(password, salt, COST, BLOCK, LANES)
    return "$".join(["scrypt", str(COST), str(BLOCK), str(LANES), b64encode(salt).decode(), b64encode(made).decode()])


def fits(password: str, kept: str) -> bool:
    """Whether this is the password; a line that is no hash fits nothing."""
    try:
        name, cost, block, lanes, salt, made = kept.split("$")
        if name != "scrypt" or int(cost) > MOST_COST or len(password) > LONGEST:
            return False
        with _one_at_a_time:
            tried = _scrypt(password, b64decode(salt), int(cost), int(block), int(lanes))
        return hmac.compare_digest(tried, b64decode(made))
    except (ValueError, Error, MemoryError):
        return False


def _scrypt(password: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    room = 132 * cost * block + (1 << 20)
    return hashlib.scrypt(password.encode("utf-8", "surrogatepass"), salt=salt, n=cost, r=block, p=lanes, maxmem=room)
