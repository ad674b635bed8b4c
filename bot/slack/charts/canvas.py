"""A sheet of paper to draw a report on: its colours, and bars with their numbers beside them.

Everything is measured in pixels of a phone's screen, from the top left; the picture has twice as
many. The paper is opaque and not quite white, with a thin edge: so it is a card of its own in
Slack's light theme and does not glare in the dark one. Text and bars stand out from it at least
4.5 to 1, one blue is the only colour, and a number not shown is told by its hatching alone.
"""

from functools import cache
from io import BytesIO
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

Align = Literal["left", "center", "right"]

WIDTH: Final = 380
MARGIN: Final = 18
PAPER: Final = "#F3F1EC"
INK: Final = "#1F2933"
SOFT: Final = "#52606D"
BLUE: Final = "#005F96"
EDGE: Final = "#8A94A0"

_INCH = 100  # pixels of the screen to an inch, at which the fonts have their usual sizes


class Canvas:
    """A picture of the width of a phone that is drawn from top to bottom."""

    def __init__(self, height: int) -> None:
        # matplotlib takes a second to load, and most processes never draw.
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        size = (WIDTH / _INCH, height / _INCH)
        self._figure = Figure(figsize=size, dpi=2 * _INCH, facecolor=PAPER)
        FigureCanvasAgg(self._figure)
        self._axes = self._figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
        self._axes.set_axis_off()
        self._rectangle(0.5, 0.5, WIDTH - 1, height - 1, face="none", edge=EDGE)

    def heading(self, title: str, below: str, y: float = MARGIN) -> None:
        """A title and a quieter line below it; takes 44 pixels."""
        self.text(MARGIN, y + 9, title, size=16, is_bold=True)
        self.text(MARGIN, y + 31, below, size=12, colour=SOFT)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 13,
        colour: str = INK,
        is_bold: bool = False,
        align: Align = "left",
    ) -> None:
        """One line, its middle at `y`."""
        self._axes.text(
            x,
            y,
            words,
            color=colour,
            fontproperties=_font(is_bold),
            fontsize=size * 72 / _INCH,
            horizontalalignment=align,
            verticalalignment="center_baseline",
            parse_math=False,
        )

    def note(self, y: float, words: str) -> None:
        """A quiet remark over several lines of 16 pixels, the first around `y`."""
        for line, text in enumerate(note_lines(words)):
            self.text(MARGIN, y + 16 * line, text, size=11.5, colour=SOFT)

    def bar(self, x: float, y: float, width: float, height: float) -> None:
        """A bar that stands for a number."""
        self._rectangle(x, y, width, height, face=BLUE)

    def hatched(self, x: float, y: float, width: float, height: float) -> None:
        """A place where a number is not shown."""
        self._rectangle(x, y, width, height, edge=SOFT, hatch="//////")

    def line(self, x: float, y: float, width: float, *, thickness: float = 1) -> None:
        """A level line, for an axis."""
        self._rectangle(x, y - thickness / 2, width, thickness, face=EDGE)

    def dot(self, x: float, y: float) -> None:
        """A mark on a bar."""
        from matplotlib.patches import Circle

        self._axes.add_patch(Circle((x, y), 7, facecolor=PAPER, edgecolor=INK, linewidth=1.8))

    def png(self) -> bytes:
        """The picture, the same bytes for the same drawing."""
        out = BytesIO()
        self._figure.savefig(out, format="png", facecolor=PAPER, metadata={"Software": None})
        return out.getvalue()

    def _rectangle(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        face: str = PAPER,
        edge: str = "none",
        hatch: str | None = None,
    ) -> None:
        from matplotlib.patches import Rectangle

        corner, thickness = (x, y), 0.0 if edge == "none" else 0.72
        patch = Rectangle(
            corner, width, height, facecolor=face, edgecolor=edge, linewidth=thickness, hatch=hatch
        )
        patch.set_hatch_linewidth(0.6)
        self._axes.add_patch(patch)


def note_lines(words: str) -> list[str]:
    """The lines a note takes."""
    return wrap(words, 54)


@cache
def _font(is_bold: bool) -> "FontProperties":
    """The font that comes with matplotlib: the same on every machine."""
    from matplotlib import get_data_path
    from matplotlib.font_manager import FontProperties

    name = "DejaVuSans-Bold.ttf" if is_bold else "DejaVuSans.ttf"
    return FontProperties(fname=Path(get_data_path()) / "fonts" / "ttf" / name)
