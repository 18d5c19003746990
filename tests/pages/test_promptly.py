"""No answer waits for its reader's "received": what the listening socket is told, every reader's connection inherits."""

import asyncio
import os
import socket
from concurrent.futures import ThreadPoolExecutor

from pages.server import tcp_nodelay


def test_connections_of_a_server_do_not_wait():
    async def told() -> int:
        waiting = socket.socket(socket.AF_INET)  # as the server makes it: without saying TCP
        waiting.bind(("127.0.0.1", 0))
        waiting.listen()
        async with tcp_nodelay.lifespan(None):
            with socket.create_connection(waiting.getsockname()):
                reader, _ = waiting.accept()
                found = reader.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        reader.close()
        waiting.close()
        return found

    with ThreadPoolExecutor(1) as apart:  # a browser that is open in this thread has a loop of its own in it
        assert apart.submit(asyncio.run, told()).result()


def test_the_end_of_a_pipe_is_still_its_end_after_all_sockets_were_looked_at():
    ours, theirs = os.pipe()
    for one in tcp_nodelay.listening():
        one.close()
    os.close(theirs)
    os.set_blocking(ours, False)
    assert os.read(ours, 1) == b"", "a copy of the other end is still open"
    os.close(ours)


def test_only_sockets_that_wait_for_readers_are_touched():
    waiting, other = socket.create_server(("127.0.0.1", 0)), socket.socket()
    found = list(tcp_nodelay.listening())
    names = [one.getsockname() for one in found]
    assert waiting.getsockname() in names
    assert other.getsockname() not in names
    for one in (*found, waiting, other):
        one.close()
