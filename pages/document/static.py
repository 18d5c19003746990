"""Files that go along with what is drawn: icons and typefaces, and the style that pages and reports share."""

from functools import cache
from pathlib import Path

STATIC = Path(__file__).parents[1] / "static"


@cache
def styles() -> str:
    """The classes of tiles, headings and quotes, wherever they are drawn."""
    return (Path(__file__).parent / "styles.css").read_text("utf-8")
