"""No answer waits for its reader's "received": what the listening socket is told, every reader's connection inherits."""

import asyncio
import socket

from pages import promptly


def test_connections_of_a_server_do_not_wait():
    async def told() -> int:
        waiting = socket.socket(socket.AF_INET)  # as the server makes it: without saying TCP
        waiting.bind(("127.0.0.1", 0))
        waiting.listen()
        async with promptly.lifespan(None):
            with socket.create_connection(waiting.getsockname()):
                reader, _ = waiting.accept()
                found = reader.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        reader.close()
        waiting.close()
        return found

    assert asyncio.run(told())


def test_only_sockets_that_wait_for_readers_are_touched():
    waiting, other = socket.create_server(("127.0.0.1", 0)), socket.socket()
    found = list(promptly.listening())
    names = [one.getsockname() for one in found]
    assert waiting.getsockname() in names
    assert other.getsockname() not in names
    for one in (*found, waiting, other):
        one.close()
