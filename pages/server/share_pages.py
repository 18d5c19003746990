"""The two small pages around a shared report: that a link leads nowhere, and the question for its passcode."""

from functools import cache
from html import escape
from pathlib import Path

from pages.document.palette import DARK, LIGHT
from pages.document.static import STATIC
from pages.exports.html import report_page

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex, nofollow">
<title>{title}</title><style>{style}</style></head><body><main>{brand}<h1>{title}</h1>{inside}</main></body></html>"""


@cache
def nowhere() -> bytes:
    """One answer to every link that does not open, whatever the reason."""
    sentence = "It may have expired, been withdrawn, or been cut off on its way. Ask the person who sent it for a new one."
    return _page("This link does not lead to a report", f"<p>{escape(sentence)}</p>")


@cache
def ended() -> bytes:
    """Where a live link leads that has ended while somebody had it open."""
    sentence = (
        "It has expired, was withdrawn, or was opened long ago. Open it once more, and if it leads nowhere, ask for a new one."
    )
    return _page("This link has ended", f'<p>{escape(sentence)}</p><p><a href="/sign-in">Sign in</a></p>')


@cache
def asked(wrong: str = "") -> bytes:
    """The question for the passcode; `wrong` says why it is asked again."""
    again = f'<p class="worse" role="alert">{escape(wrong)}</p>' if wrong else ""
    form = (
        '<form method="post"><label for="passcode">Passcode</label>'
        '<input id="passcode" name="passcode" type="password" autocomplete="off" required autofocus maxlength="200">'
        "<button>Open the report</button></form>"
    )
    return _page("This report has a passcode", f"<p>The person who sent you the link knows it.</p>{again}{form}")


@cache
def _style() -> str:
    night = f"@media (prefers-color-scheme: dark) {{ {report_page.variables(DARK)} }}"
    own = (Path(__file__).parent / "share_pages.css").read_text("utf-8")
    return f":root {{ color-scheme: light dark; }} {report_page.variables(LIGHT)} {night} {own}"


def _page(title: str, inside: str) -> bytes:
    brand = f'<p class="brand" aria-hidden="true">{(STATIC / "icon.svg").read_text("utf-8")} Deskpulse</p>'
    return PAGE.format(title=escape(title), style=_style(), brand=brand, inside=inside).encode()
