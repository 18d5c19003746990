"""The sign-in as a plain page: no scripts, nothing from elsewhere, readable on a phone and with any browser."""

from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import quote

from starlette.responses import HTMLResponse

from pages.access.settings import Settings
from pages.access.sign_out_form import sign_out
from pages.document import palette

HERE = Path(__file__).parent
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; img-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self' {forms}",
}


def page(title: str, body: str, status: int = 200, forms: str = "", **headers: str) -> HTMLResponse:
    """`forms` are further places a form may lead to: the company's provider, when somebody signs out."""
    html = (HERE / "sign_in_page.html").read_text("utf-8")
    filled = html.replace("{title}", escape(title)).replace("{css}", css()).replace("{body}", body)
    said = {name: value.replace(" {forms}", f" {forms}" if forms else "") for name, value in HEADERS.items()}
    return HTMLResponse(filled, status, said | headers)


@cache
def css() -> str:
    return palette.variables() + (HERE / "sign_in_page.css").read_text("utf-8")


def sign_in(settings: Settings, to: str, problem: str = "") -> str:
    """All ways in that there are."""
    said = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    ways = [*(provider(name, to) for name in settings.providers if settings.by_openid)]
    if settings.by_password:
        ways.append(password(to, problem))
    return f"<h1>Sign in</h1>{said}{'<p class=or>or</p>'.join(ways)}"


def provider(name: str, to: str) -> str:
    label = "Sign in with your work account" if name == "default" else f"Sign in with {name.replace('-', ' ').title()}"
    return f'<a class="button" href="/sign-in/with?provider={quote(name)}&amp;to={quote(to, safe="")}">{escape(label)}</a>'


def password(to: str, problem: str) -> str:
    wrong = ' aria-invalid="true"' if problem else ""
    return (
        f'<form method="post" action="/sign-in"><input type="hidden" name="to" value="{escape(to)}">'
        '<label for="password">Password</label>'
        f'<input id="password" name="password" type="password" autocomplete="current-password" required autofocus{wrong}>'
        "<button>Sign in</button></form>"
    )


def not_listed(name: str) -> str:
    """Signed in, but nobody has said that they may come in."""
    return (
        f"<h1>You are not on the list yet</h1><p>You are signed in as <b>{escape(name)}</b>, and nobody has given this "
        "address a place here. Ask whoever runs this server to add it to the managers or viewers.</p>"
        + sign_out("Use another account")
    )
