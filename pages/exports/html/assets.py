"""Scripts and fonts of reports: one file each for all of them, named by what is in it, kept as long as a report asks for it."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

import plotly

from pages.document.static import STATIC

HERE = Path(__file__).parent
RANGES = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2190-2193,U+2212",
    "latin-ext": "U+0100-0130,U+0132-0151,U+0154-02BA,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+2C60-2C7F,U+A720-A7FF",
    "cyrillic": "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116",
    "greek": "U+0370-0377,U+037A-037F,U+0384-038A,U+038C,U+038E-03A1,U+03A3-03FF",
}
KINDS = {"js": "text/javascript; charset=utf-8", "woff2": "font/woff2"}
POLICY = "style-src 'unsafe-inline'; img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'"
SCRIPT = re.compile(r'<script src="static/([\w.-]+)" defer></script>')
FONT = re.compile(r'url\("static/([\w.-]+)"\)')


@cache
def named() -> dict[str, bytes]:
    """Every file by its name; the hash in the name makes it safe to keep for ever."""
    files = {
        "chart.js": Path(plotly.__file__).parent / "package_data" / "plotly.min.js",
        "report.js": HERE / "report_page.js",
        **{f"inter-{part}.woff2": STATIC / "fonts" / f"inter-{part}-wght-normal.woff2" for part in RANGES},
    }
    found = {}
    for name, path in files.items():
        content = path.read_bytes()
        stem, _, kind = name.rpartition(".")
        found[f"{stem}-{hashlib.sha256(content).hexdigest()[:16]}.{kind}"] = content
    return found


def name_of(start: str) -> str:
    """The whole name of `chart` or `inter-latin`: with its hash."""
    return next(name for name in named() if name.rpartition("-")[0] == start)


def scripts() -> str:
    return "".join(f'<script src="static/{name_of(start)}" defer></script>' for start in ("report", "chart"))


def fonts() -> str:
    """The typeface, a part of its letters at a time; a reader's browser asks for the parts that it needs."""
    return "".join(
        f'@font-face{{font-family:Inter;font-weight:100 900;font-display:swap;src:url("static/{name_of(f"inter-{part}")}") '
        f'format("woff2");unicode-range:{letters}}}'
        for part, letters in RANGES.items()
    )


def embedded(page: str, content: dict[str, bytes]) -> str:
    """The page with its scripts and fonts inside: a single file that asks nobody for anything."""
    texts = [content[name].decode("utf-8").replace("</script", "<\\/script") for name in SCRIPT.findall(page)]
    sources = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts)
    policy = (
        f"default-src 'none'; script-src {sources}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; base-uri 'none'"
    )
    page = FONT.sub(lambda found: f"url(data:font/woff2;base64,{base64.b64encode(content[found[1]]).decode()})", page)
    page = SCRIPT.sub("", page)
    inside = "".join(f"<script>{text}</script>" for text in texts)
    page = page.replace("<head>", f'<head><meta http-equiv="Content-Security-Policy" content="{policy}">', 1)
    body, _, end = page.rpartition("</body>")
    return f"{body}{inside}</body>{end}"


def needed(page: str) -> list[str]:
    """Names of the files that a page refers to."""
    return [*SCRIPT.findall(page), *FONT.findall(page)]
