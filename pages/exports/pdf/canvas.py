"""Lines, bars, dots and words on paper: what all drawings of a report are made with. Points from the lower left corner."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import HexColor

from pages.document import number_format
from pages.document.palette import LIGHT
from pages.exports import fonts

SIZE = 8.0
Point = tuple[float, float]


@dataclass(frozen=True)
class Area:
    """A place to draw in, and what values its lower and upper edge stand for."""

    left: float
    bottom: float
    width: float
    height: float
    low: float = 0.0
    high: float = 1.0

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def top(self) -> float:
        return self.bottom + self.height

    def up(self, value: float) -> float:
        """Where a value stands; what lies outside stands at the edge."""
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return self.bottom + self.height * min(max(share, 0.0), 1.0)

    def across(self, value: float) -> float:
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return self.left + self.width * min(max(share, 0.0), 1.0)


def sensible(place: float, unit: str, high: float) -> bool:
    """There is air above 100 %, and nothing to be written there."""
    return unit != "percent" or place <= 100 or high > 110


class Pen:
    """Draws on a canvas of reportlab."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas

    def path(self, points: Sequence[Point], colour: str, width: float = 1.6, dashes: Sequence[float] = ()) -> None:
        """A line; a single point is a dot."""
        if len(points) == 1:
            self.dot(*points[0], colour, width)
            return
        self._stroke(colour, width, dashes)
        made = self._canvas.beginPath()
        for place, (x, y) in enumerate(points):
            (made.lineTo if place else made.moveTo)(x, y)
        self._canvas.drawPath(made, stroke=1, fill=0)

    def band(self, low: Sequence[Point], high: Sequence[Point], colour: str) -> None:
        """Pale, between two lines."""
        if len(low) < 2:
            return
        self._canvas.setFillColor(HexColor(colour), alpha=0.13)
        made = self._canvas.beginPath()
        for place, (x, y) in enumerate([*low, *reversed(high)]):
            (made.lineTo if place else made.moveTo)(x, y)
        made.close()
        self._canvas.drawPath(made, stroke=0, fill=1)
        self._canvas.setFillAlpha(1)

    def box(self, left: float, bottom: float, width: float, height: float, colour: str) -> None:
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.rect(left, bottom, width, height, stroke=0, fill=1)

    def outline(self, left: float, bottom: float, width: float, height: float, colour: str) -> None:
        """A bar that is not finished yet."""
        self._stroke(colour, 1, ())
        self._canvas.rect(left, bottom, width, height, stroke=1, fill=0)

    def dot(self, x: float, y: float, colour: str, radius: float = 2.6, hollow: bool = False) -> None:
        self._stroke(colour, 1.2, ())
        self._canvas.setFillColor(HexColor(LIGHT.card if hollow else colour))
        self._canvas.circle(x, y, radius, stroke=int(hollow), fill=1)

    def words(self, x: float, y: float, said: str, colour: str = LIGHT.muted, anchor: str = "left", size: float = SIZE) -> None:
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.setFont(fonts.REGULAR, size)
        draw = {"left": "drawString", "right": "drawRightString", "middle": "drawCentredString"}[anchor]
        getattr(self._canvas, draw)(x, y, fonts.plainly(said))

    def _stroke(self, colour: str, width: float, dashes: Sequence[float]) -> None:
        self._canvas.setStrokeColor(HexColor(colour))
        self._canvas.setLineWidth(width)
        self._canvas.setDash(*([list(dashes)] if dashes else []))

    def levels(self, area: Area, unit: str) -> None:
        """Round values on the left, a thin line for each."""
        for place, word in zip(*number_format.ticks(area.high, unit, area.low), strict=True):
            if area.low - 1e-9 <= place <= area.high * 1.001 and sensible(place, unit, area.high):
                y = area.up(place)
                self.path([(area.left, y), (area.right, y)], LIGHT.grid, 0.6)
                self.words(area.left - 5, y - 2.8, word, anchor="right")

    def key(self, area: Area, names: Sequence[str], colours: Sequence[str]) -> None:
        """Which colour is which, above the drawing."""
        x = area.left
        for name, colour in zip(names, colours, strict=False):
            said = fonts.cut(name, 130, SIZE)
            self.box(x, area.top + 7, 7, 7, colour)
            self.words(x + 10, area.top + 7.5, said)
            x += 24 + fonts.width(said, SIZE)
