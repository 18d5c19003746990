"""The colours, light and dark, told apart by everybody: series differ in lightness, better is teal and worse vermilion."""

from dataclasses import dataclass, fields
from functools import cache

import plotly.graph_objects as go

FONT = "Inter, system-ui, -apple-system, 'Segoe UI', sans-serif"


@dataclass(frozen=True)
class Palette:
    """One set of colours. The same hexadecimal values stand in .streamlit/config.toml for Streamlit's own widgets."""

    ink: str
    muted: str
    faint: str
    line: str
    grid: str
    page: str
    card: str
    accent: str
    better: str
    worse: str
    quiet: str
    series: tuple[str, ...]
    ramp: tuple[str, ...]  # few to many, for heat maps
    segments: tuple[str, ...]  # promoters, passives, detractors


LIGHT = Palette(
    ink="#1f2329",
    muted="#646b75",
    faint="#9aa0a8",
    line="#e4e2de",
    grid="#eeece8",
    page="#fbfbfa",
    card="#ffffff",
    accent="#2563a8",
    better="#0b7568",
    worse="#b8400f",
    quiet="#c9ccd1",
    series=("#2563a8", "#a66f00", "#0f8a7e", "#8b5fbf", "#b8467a", "#6b7280"),
    ramp=("#f3f6fa", "#d6e4f3", "#a9c8e6", "#6fa3d3", "#3b7dbc", "#1f5796", "#123a69"),
    segments=("#0f8a7e", "#c9ccd1", "#d0602f"),
)
DARK = Palette(
    ink="#e6e8eb",
    muted="#9aa1ab",
    faint="#6d747e",
    line="#2e3238",
    grid="#272b30",
    page="#15171a",
    card="#1c1f23",
    accent="#7fb2f0",
    better="#4fc4b5",
    worse="#f0936a",
    quiet="#4a5058",
    series=("#7fb2f0", "#e8b44c", "#4fc4b5", "#b99cf0", "#ec8fb5", "#9ca3af"),
    ramp=("#1f242b", "#233a55", "#2a5480", "#3a73ad", "#5c97d4", "#8fbcec", "#c9e0fa"),
    segments=("#4fc4b5", "#4a5058", "#f0936a"),
)


@cache
def variables() -> str:
    """The colours for styles.css; the browser picks the side, so HTML needs no second drawing when the theme changes."""
    names = [field.name for field in fields(Palette) if isinstance(getattr(LIGHT, field.name), str)]
    pairs = (f"--{name}: light-dark({getattr(LIGHT, name)}, {getattr(DARK, name)});" for name in names)
    return ":root { " + " ".join(pairs) + " }"


def see_through(colour: str, share: float) -> str:
    """`colour` with an opacity of `share`, for bands around a line."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"


@cache
@cache
def template(palette: Palette) -> go.layout.Template:
    """What all charts share. Backgrounds are transparent: the card shows through."""
    axis = {
        "showgrid": False,
        "zeroline": False,
        "linecolor": palette.line,
        "tickcolor": palette.line,
        "tickfont": {"color": palette.muted, "size": 12},
        "title": {"font": {"color": palette.muted, "size": 12}, "standoff": 8},
        "automargin": True,
        "fixedrange": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 12, "color": palette.ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": palette.series,
            "margin": {"l": 8, "r": 12, "t": 8, "b": 8},
            "xaxis": axis,
            "yaxis": axis | {"showgrid": True, "gridcolor": palette.grid, "showline": False, "rangemode": "tozero"},
            "hoverlabel": {
                "bgcolor": palette.card,
                "bordercolor": palette.line,
                "font": {"family": FONT, "size": 12, "color": palette.ink},
                "align": "left",
            },
            "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"color": palette.muted}},
            "bargap": 0.28,
            "dragmode": False,
            "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": palette.faint, "activecolor": palette.ink},
        }
    )
