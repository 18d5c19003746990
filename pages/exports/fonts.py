"""Letters on paper: the house's typeface, and what is done about letters that it does not have."""

from functools import cache
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from pages.document import safe_text
from pages.document.palette import LIGHT
from pages.document.static import STATIC

REGULAR, BOLD = "Inter", "Inter-SemiBold"
MISSING = "\N{WHITE SQUARE}"
SIMILAR = {"\N{NON-BREAKING HYPHEN}": "-", "\N{NARROW NO-BREAK SPACE}": " ", "\N{NO-BREAK SPACE}": " ", "□": "?"}


@cache
def _font() -> TTFont:
    """Known to the printer once a process; only the letters that are used go into a file."""
    regular = TTFont(REGULAR, str(STATIC / "fonts" / "Inter-Regular.ttf"))
    pdfmetrics.registerFont(regular)
    pdfmetrics.registerFont(TTFont(BOLD, str(STATIC / "fonts" / "Inter-SemiBold.ttf")))
    pdfmetrics.registerFontFamily(REGULAR, REGULAR, BOLD, REGULAR, BOLD)
    return regular


def plainly(said: object, most: int = safe_text.LONGEST) -> str:
    """Letters that the typeface lacks are a question mark each: better than a file that does not open."""
    known = _font().face.charToGlyph
    return "".join(one if ord(one) in known or one == "\n" else SIMILAR.get(one, "?") for one in safe_text.text(said, most))


def marked(said: object, most: int = safe_text.LONGEST) -> str:
    """The same for paragraphs, which have a markup of their own."""
    return escape(plainly(said, most)).replace("\n", "<br/>")


def width(said: str, size: float, bold: bool = False) -> float:
    _font()
    return float(pdfmetrics.stringWidth(said, BOLD if bold else REGULAR, size))


def cut(said: object, most: float, size: float) -> str:
    """What fits into so many points."""
    text = plainly(safe_text.line(said))
    if width(text, size) <= most:
        return text
    while text and width(f"{text}…", size) > most:
        text = text[:-1]
    return f"{text.rstrip()}…"


@cache
def styles() -> dict[str, ParagraphStyle]:
    _font()
    plain_one = {"fontName": REGULAR, "textColor": HexColor(LIGHT.ink), "alignment": TA_LEFT, "splitLongWords": True}
    quiet = plain_one | {"textColor": HexColor(LIGHT.muted)}
    bold = plain_one | {"fontName": BOLD}
    return {
        "title": ParagraphStyle("title", **bold, fontSize=24, leading=29, spaceAfter=10),
        "place": ParagraphStyle("place", **bold | {"textColor": HexColor(LIGHT.accent)}, fontSize=9, leading=12),
        "heading": ParagraphStyle("heading", **bold, fontSize=16, leading=20, spaceAfter=8),
        "name": ParagraphStyle("name", **bold, fontSize=10.5, leading=14, spaceBefore=8),
        "text": ParagraphStyle("text", **plain_one, fontSize=9.5, leading=13.5, spaceAfter=3),
        "small": ParagraphStyle("small", **quiet, fontSize=8, leading=11),
        "quiet": ParagraphStyle("quiet", **quiet, fontSize=9.5, leading=13.5, spaceAfter=2),
        "value": ParagraphStyle("value", **bold, fontSize=17, leading=22),
        "long": ParagraphStyle("long", **bold, fontSize=13, leading=22),
        "way": ParagraphStyle("way", **plain_one, fontSize=10, leading=18),
        "cell": ParagraphStyle("cell", **plain_one, fontSize=8, leading=10),
        "number": ParagraphStyle("number", **plain_one | {"alignment": TA_RIGHT}, fontSize=8, leading=10),
    }
