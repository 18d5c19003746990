"""The product's server with a door, asked as browsers ask it: plain requests, and pages over their own connection."""

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.pages.conftest import ROOT, free_port, wait_for


@contextmanager
def served(database: Path, port: int = 0, **environment: str) -> Iterator[int]:
    """A server of its own; yields its port."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    settings = os.environ | {"DESKPULSE_DATABASE": str(database)} | environment
    with open(database.parent / "server.log", "ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}")
        yield port
    finally:
        process.terminate()
        process.wait(20)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: str
    cookies: tuple[str, ...] = ()

    @property
    def cookie(self) -> str:
        """What a browser would send back."""
        return self.headers.get("set-cookie", "").partition(";")[0]


def ask(port: int, method: str, path: str, body: str = "", **headers: str) -> Answer:
    """One request; `x_forwarded_for="..."` becomes a header."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    link.request(method, path, body or None, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = link.getresponse()
    cookies = tuple(answer.headers.get_all("set-cookie") or ())
    found = Answer(
        answer.status,
        {name.lower(): value for name, value in answer.getheaders()},
        answer.read().decode("utf-8", "replace"),
        cookies,
    )
    link.close()
    return found


def sign_in(port: int, password: str, to: str = "/", **headers: str) -> Answer:
    """As the form does it."""
    form = {"content_type": "application/x-www-form-urlencoded", "origin": f"http://127.0.0.1:{port}"}
    return ask(port, "POST", "/sign-in", urlencode({"password": password, "to": to}), **form | headers)


def opened(port: int, session: str = "", **headers: str) -> ClientConnection:
    """The connection of a page; browsers name the session they would like to go on with."""
    return connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        origin=Origin(f"http://127.0.0.1:{port}"),
        subprotocols=[Subprotocol(word) for word in ("streamlit", "none", session) if session or word == "streamlit"],
        additional_headers={name.replace("_", "-"): value for name, value in headers.items()},
        max_size=None,
    )


def run(link: ClientConnection, path: str, query: str = "range=all", part: str = "", address: str = "") -> str:
    """Everything the server tells a browser about a page, or about one part (fragment) of it, as one text. `address` is what
    the browser says of its own."""
    wish = BackMsg()
    wish.rerun_script.query_string, wish.rerun_script.page_script_hash = query, calc_hash(path)
    wish.rerun_script.fragment_id = part
    if address:
        wish.rerun_script.context_info.url = address
    link.send(wish.SerializeToString())
    parts = []
    while True:
        message = ForwardMsg.FromString(link.recv(timeout=60))
        parts.append(str(message))
        if message.WhichOneof("type") == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return unescape("\n".join(parts)).replace("\\'", "'")


def page(port: int, path: str, query: str = "range=all", **headers: str) -> str:
    """A page on a connection of its own."""
    with opened(port, **headers) as link:
        return run(link, path, query)
