"""python -m tests.bench.shared: links to reports against a bare route of the same size, one process each; 1 when too slow.

Both sides are asked by the same small client over kept connections, in turn, so that a drifting machine hits both alike.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from data.store import Store
from data.workspace import shares
from pages.sharing import link_index
from tests.bench.measure import ROOT
from tests.pages.conftest import free_port, wait_for

CONNECTIONS = 16
SECONDS = 3.0
ROUNDS = 3
SIZE = 60_000  # bytes of a report of seven pages, packed
SLOWER = 2.0  # times the cost of a bare route, at most
BARE = """
import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
BODY = bytes({size})
async def page(_): return Response(BODY, 200, {{"content-encoding": "gzip"}})
async def health(_): return JSONResponse({{}})
app = st.App("script.py", routes=[Route("/page", page), Route("/healthz", health)])
"""


@dataclass(frozen=True)
class Speed:
    """Requests a second, and the time under which 99 of 100 were answered (ms)."""

    rate: float
    p99: float


async def asked(port: int, path: str, quick: bool = True) -> list[float]:
    """Seconds of each request that the connections could make in the time."""
    request = f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\naccept-encoding: gzip\r\n\r\n".encode()
    found: list[float] = []
    end = time.perf_counter() + SECONDS

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
        wire = writer.get_extra_info("socket")
        while time.perf_counter() < end:
            begun = time.perf_counter()
            writer.write(request)
            if (
                quick
            ):  # or the kernel would sit on its answer for 40 ms: a bare server waits for it before a packet that is not full
                wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(head.partition(b"\r\n")[0].decode())
            await reader.readexactly(int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]))
            found.append(time.perf_counter() - begun)
        writer.close()

    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
    return found


def measured(port: int, path: str, quick: bool = True) -> Speed:
    found = sorted(asyncio.run(asked(port, path, quick)))
    return Speed(len(found) / SECONDS, 1000 * found[int(len(found) * 0.99)])


def started(folder: Path, script: Path, **more: str) -> tuple[subprocess.Popen[bytes], int]:
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port), "--server.headless", "true"]
    command += ["--server.address", "127.0.0.1", "--browser.gatherUsageStats", "false"]
    log = (folder / "log").open("ab")
    process = subprocess.Popen(command, cwd=script.parent, env=os.environ | more, stdout=log, stderr=log)
    wait_for(f"http://127.0.0.1:{port}")
    return process, port


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = Store.open(folder / "desk.duckdb")
        token = link_index.of(store).add(shares.Offer("A report"), os.urandom(SIZE))[1]
        store.close()
        (folder / "bare").mkdir()
        (folder / "bare" / "script.py").write_text("")
        (folder / "bare" / "bare.py").write_text(BARE.format(size=SIZE))
        ours, port = started(folder, ROOT / "dashboard.py", DESKPULSE_DATABASE=str(folder / "desk.duckdb"))
        bare, other = started(folder, folder / "bare" / "bare.py")
        try:
            pairs = [(measured(port, f"/s/{token}"), measured(other, "/page")) for _ in range(ROUNDS)]
        finally:
            for process in (ours, bare):
                process.terminate()
                process.wait(20)
    return told(pairs)


def told(pairs: list[tuple[Speed, Speed]]) -> int:
    for ours, bare in pairs:
        print(
            f"a link: {ours.rate:6.0f} a second, p99 {ours.p99:5.1f} ms   bare: {bare.rate:6.0f} a second, p99 {bare.p99:5.1f} ms"
        )
    ratio = sorted(bare.rate / ours.rate for ours, bare in pairs)[len(pairs) // 2]
    print(f"a link costs {ratio:.2f} bare routes of {SIZE:,} bytes; promised {SLOWER:.2f}")
    return int(ratio > SLOWER)


if __name__ == "__main__":
    sys.exit(main())
