"""A company's sign-in, as small as OpenID Connect allows: it says about everybody what the test told it to."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})


class Provider(ThreadingHTTPServer):
    """`says` are the claims of the next token; `nonce` is handed through from the login to the token."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.says: dict[str, object] = {}
        self.nonce = ""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def token(self) -> str:
        now = int(time.time())
        said = {"iss": self.address, "aud": "pulse", "sub": "1", "iat": now, "exp": now + 600, "nonce": self.nonce}
        return jwt.encode({"alg": "RS256", "kid": "one"}, said | self.says, KEY, algorithms=["RS256"])


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        at = urlsplit(self.path)
        if at.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(at.query).items()}
            self.server.nonce = asked.get("nonce", "")
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{urlencode({'code': 'c', 'state': asked['state']})}")
            self.end_headers()
        elif at.path == "/keys":
            self.say({"keys": [KEY.as_dict(private=False)]})
        else:
            ways = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
            found = {name: self.server.address + path for name, path in ways.items()}
            self.say({"issuer": self.server.address, "id_token_signing_alg_values_supported": ["RS256"], **found})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.say({"access_token": "a", "token_type": "Bearer", "expires_in": 600, "id_token": self.server.token()})

    def say(self, what: object) -> None:
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def running() -> Iterator[Provider]:
    server = Provider()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()
