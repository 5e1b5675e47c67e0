"""Charts as SVG and PNG: lines through the years, with targets as steps, results as a line, and gaps as gaps.

Drawn with matplotlib, which comes with the extra `charts` and is loaded only here. The same chart gives the same bytes.
Nothing is laid out by the width of Chinese text, so that an SVG looks alike whichever fonts the machine that drew it has.
"""

from __future__ import annotations

import logging
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from saidao.errors import UsageError
from saidao.lexicon import load, variants
from saidao.outputs.messages import Messages
from saidao.outputs.tables import opened

FORMATS = (".svg", ".png")
PANELS = 12
"""Panels of a chart at most; more cannot be read."""

TARGET, RESULT, STATISTIC, GAP, TEXT = "#b8460e", "#1f4e79", "#5b8c5a", "#eeeeee", "#333333"
_LATIN = "DejaVu Sans"  # comes with matplotlib
_MARKERS = {"eq": "", "approx": "o", "ge": "^", "le": "v"}
_YEAR, _MARGIN, _PANEL, _ONLY = 0.29, 1.1, 3.0, 4.4
"""Inches: a year, what stands left and right, the height of a panel, and of an only one."""
_NARROWEST, _WIDEST = 7.6, 24.0
_HALF = 0.38
_SMALL, _TINY = 9.0, 8.0
"""Sizes of type in points."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure of a year, in the chart's unit."""

    year: int
    low: float
    high: float
    bound: str = "eq"
    label: str = ""
    """The figure as it is written beside the mark."""

    @property
    def middle(self) -> float:
        """Where a line passes."""
        return (self.low + self.high) / 2


@dataclass(slots=True)
class Panel:
    """One region's line through the years."""

    title: str
    targets: list[Mark] = field(default_factory=list)
    results: list[Mark] = field(default_factory=list)
    statistics: list[Mark] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    """Years without a report."""
    silent: list[int] = field(default_factory=list)
    """Years whose report states no target."""
    words: list[int] = field(default_factory=list)
    """Years whose target is in words."""


@dataclass(slots=True)
class Chart:
    """What is drawn: panels over the same years, in one unit."""

    title: str
    unit: str
    note: str
    first: int
    last: int
    panels: list[Panel]
    legend: dict[str, str] = field(default_factory=dict)
    """Ids in labels.csv of the words in the legend, where they are not the usual ones."""


def checked(path: str) -> None:
    """Refuses a file that is neither SVG nor PNG, and a machine without matplotlib.

    Raises:
        UsageError: with what to do about it.
    """
    if Path(path).suffix.lower() not in FORMATS:
        raise UsageError("charts.format", path=path, names=", ".join(FORMATS))
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        raise UsageError("charts.missing") from None


def language(path: str, messages: Messages) -> Messages:
    """The language of a chart's labels: English where a picture needs Chinese characters and no font has them."""
    chinese = messages.language == "zh" and Path(path).suffix.lower() == ".png"
    return Messages("en") if chinese and font() is None else messages


def font() -> str | None:
    """The first installed font of `fonts.csv`."""
    from matplotlib import font_manager

    rows = load().rows("fonts")
    known = {entry.name for entry in font_manager.fontManager.ttflist}
    for row in rows:
        if row["family"] in known:
            return row["family"]
    # matplotlib remembers the fonts of its first run; newer ones are looked for by the names of their files
    files = {Path(path).name: path for path in sorted(font_manager.findSystemFonts())}
    for row in rows:
        for name in variants(row["files"]):
            if name in files:
                font_manager.fontManager.addfont(files[name])
    known = {entry.name for entry in font_manager.fontManager.ttflist}
    return next((row["family"] for row in rows if row["family"] in known), None)


def draw(chart: Chart, path: str, messages: Messages) -> None:
    """Draws a chart into a file, which appears only when it is complete.

    Raises:
        UsageError: matplotlib is missing, there are too many panels, or the file cannot be written.
    """
    checked(path)
    if len(chart.panels) > PANELS:
        raise UsageError("charts.panels", count=len(chart.panels), most=PANELS)
    save(path, lambda: _figure(chart, language(path, messages)))


def save(path: str, drawn: Callable[[], Any]) -> None:
    """Writes the figure that `drawn` makes, SVG or PNG by the file's name; the same figure gives the same bytes.

    Raises:
        UsageError: the file cannot be written.
    """
    suffix = Path(path).suffix.lower()[1:]
    with _settings(suffix):
        figure = drawn()
        about: dict[str, Any] = {"Creator": "Saidao", "Date": None} if suffix == "svg" else {"Software": "Saidao"}
        with opened(path, binary=True) as out:
            figure.savefig(out, format=suffix, metadata=about, dpi=144, facecolor="white")


@contextmanager
def _settings(suffix: str) -> Iterator[None]:
    import matplotlib

    if suffix == "svg":
        fonts = [_LATIN, *(row["family"] for row in load().rows("fonts"))]
        families = ["sans-serif"]
    else:
        # A character that a font lacks is looked for in the next family, but not within sans-serif.
        fonts = families = [_LATIN, *filter(None, [font()])]
    log = logging.getLogger("matplotlib.font_manager")
    before = log.level
    # An SVG names fonts that this machine need not have, and text that it need not draw.
    log.setLevel(logging.ERROR)
    try:
        with matplotlib.rc_context(), warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Glyph .* missing from")
            matplotlib.rcdefaults()
            matplotlib.rcParams.update(
                {
                    "font.family": families, "font.sans-serif": fonts, "font.size": _SMALL, "svg.fonttype": "none", "svg.hashsalt": "saidao",
                    "axes.spines.top": False, "axes.spines.right": False, "axes.edgecolor": "#888888",
                    "text.color": TEXT, "axes.labelcolor": TEXT, "xtick.color": TEXT, "ytick.color": TEXT,
                    "axes.unicode_minus": False, "text.parse_math": False,
                }
            )  # fmt: skip
            yield
    finally:
        log.setLevel(before)


def _figure(chart: Chart, messages: Messages) -> Any:
    from matplotlib.figure import Figure

    years = chart.last - chart.first + 1
    width = min(max(years * _year(chart) + _MARGIN, _NARROWEST), _WIDEST)
    entries = _entries(chart, messages)
    rows = _rows(entries, width - _MARGIN)
    top, bottom = 0.62 + 0.24 * len(rows), 0.62
    each = _ONLY if len(chart.panels) == 1 else _PANEL
    heights = each * len(chart.panels) + 0.3 * (len(chart.panels) - 1)
    height = top + heights + bottom
    figure = Figure(figsize=(width, height))
    left = 0.75
    figure.text(left / width, 1 - 0.36 / height, chart.title, fontsize=13, fontweight="bold")
    for n, row in enumerate(rows):
        _legend(figure, row, left, height - 0.62 - 0.24 * n, width, height)
    figure.text(left / width, 0.12 / height, chart.note, fontsize=_TINY, color="#666666")
    spread = _limits(chart)
    for n, panel in enumerate(chart.panels):
        base = height - top - each * (n + 1) - 0.3 * n
        axes = figure.add_axes(
            (left / width, (base + 0.05) / height, (width - _MARGIN) / width, (each - 0.35) / height)
        )
        _panel(axes, panel, chart, spread, several=len(chart.panels) > 1)
    return figure


def _year(chart: Chart) -> float:
    """Inches that a year needs, so that figures do not run into one another."""
    marks = (mark for panel in chart.panels for mark in (*panel.targets, *panel.results))
    longest = max((len(mark.label) for mark in marks), default=0)
    return max(_YEAR, longest * 0.6 * (_TINY - 0.5) / 72 + 0.07)


def _panel(axes: Any, panel: Panel, chart: Chart, spread: tuple[float, float], *, several: bool) -> None:
    axes.set_xlim(chart.first - 0.7, chart.last + 0.7)
    axes.set_ylim(*spread)
    axes.set_axisbelow(True)
    axes.grid(axis="y", color="#dcdcdc", linewidth=0.7)
    if spread[0] < 0 < spread[1]:
        axes.axhline(0, color="#888888", linewidth=0.8)
    step = _step(chart.last - chart.first + 1)
    axes.set_xticks([y for y in range(chart.first, chart.last + 1) if y % step == 0 or step == 1])
    axes.set_xticks(range(chart.first, chart.last + 1), minor=True)
    axes.tick_params(labelsize=_SMALL, length=3)
    axes.tick_params(which="minor", length=2)
    named = f"{panel.title}  " if several else ""
    axes.text(0, 1.03, f"{named}{chart.unit}", transform=axes.transAxes, fontsize=_SMALL + (1 if several else 0))
    for year in panel.missing:
        axes.axvspan(year - 0.5, year + 0.5, color=GAP, linewidth=0, zorder=0)
    for years, sign in ((panel.silent, "x"), (panel.words, "w")):
        if years:
            across = axes.get_xaxis_transform()
            axes.plot(years, [0.025] * len(years), **_sign(sign), transform=across, clip_on=False)
    for mark in panel.targets:
        _target(axes, mark)
    _line(axes, panel.statistics, STATISTIC, "--", "D", 3.2)
    _line(axes, panel.results, RESULT, "-", "o", 4.2)
    _figures(axes, panel, spread)


def _sign(sign: str) -> dict[str, Any]:
    """A small mark at the foot of a year."""
    if sign == "x":
        return {"linestyle": "", "marker": "x", "markersize": 4.5, "color": "#999999"}
    return {"linestyle": "", "marker": (6, 2, 0), "markersize": 7.5, "color": TARGET}


def _target(axes: Any, mark: Mark) -> None:
    """A step as wide as its year; a bar for a range; a sign for about, at least, at most."""
    if mark.low != mark.high:
        axes.bar(mark.year, mark.high - mark.low, 2 * _HALF, mark.low, color=TARGET, alpha=0.25, edgecolor=TARGET)
        return
    axes.plot(
        [mark.year - _HALF, mark.year + _HALF], [mark.low] * 2, color=TARGET, linewidth=2.2, solid_capstyle="butt"
    )
    if sign := _MARKERS.get(mark.bound, ""):
        face = "white" if mark.bound == "approx" else TARGET
        axes.plot([mark.year], [mark.low], marker=sign, markersize=5.5, color=TARGET, markerfacecolor=face)


def _line(axes: Any, marks: Sequence[Mark], color: str, style: str, marker: str, size: float) -> None:
    """A line through the years that follow one another, broken where a year is missing."""
    values = {mark.year: mark.middle for mark in marks}
    if not values:
        return
    years = range(min(values), max(values) + 1)
    axes.plot(years, [values.get(year, float("nan")) for year in years], color=color, linestyle=style, linewidth=1.6,
              marker=marker, markersize=size, zorder=3)  # fmt: skip


def _figures(axes: Any, panel: Panel, spread: tuple[float, float]) -> None:
    """Writes the figures: the higher of target and result above, the lower below."""
    results = {mark.year: mark for mark in panel.results}
    targets = {mark.year: mark for mark in panel.targets}
    others = {mark.year: mark.middle for mark in panel.statistics}
    for year in sorted(results.keys() | targets.keys()):
        result, target = results.get(year), targets.get(year)
        above = result is not None and (_is_high(result, results) if target is None else result.middle >= target.middle)
        if result is not None:
            high = max(result.middle, target.high if target and above else result.middle, others.get(year, spread[0]))
            low = min(result.middle, target.low if target and not above else result.middle)
            above = above or _at_foot(low, spread)
            _write(axes, year, high if above else low, result.label, RESULT, up=above)
        if target is not None:
            up = (result is not None and not above) or (result is None and _at_foot(target.low, spread))
            high = max(target.high, result.middle if result is not None and up else target.high)
            low = min(target.low, result.middle if result is not None and not up else target.low)
            _write(axes, year, high if up else low, target.label, TARGET, up=up)


def _at_foot(value: float, spread: tuple[float, float]) -> bool:
    """Whether there is no room for a figure between a mark and the axis below."""
    return value - spread[0] < 0.07 * (spread[1] - spread[0])


def _is_high(mark: Mark, marks: dict[int, Mark]) -> bool:
    """Whether a mark lies no lower than the years beside it, so that above it no line is in the way."""
    beside = [marks[year].middle for year in (mark.year - 1, mark.year + 1) if year in marks]
    return not beside or mark.middle >= sum(beside) / len(beside)


def _write(axes: Any, year: int, at: float, text: str, color: str, *, up: bool) -> None:
    axes.annotate(
        text, (year, at), xytext=(0, 5.5 if up else -5.5), textcoords="offset points", ha="center",
        va="bottom" if up else "top", fontsize=_TINY - 0.5, color=color,
        bbox={"boxstyle": "square,pad=0.08", "facecolor": "white", "edgecolor": "none", "alpha": 0.7},
    )  # fmt: skip


def _limits(chart: Chart) -> tuple[float, float]:
    """The scale of all panels: from zero, with room for the figures."""
    marks = [m for panel in chart.panels for m in (*panel.targets, *panel.results, *panel.statistics)]
    low = min([0.0, *(mark.low for mark in marks)])
    high = max([0.0, *(mark.high for mark in marks)])
    room = (high - low or 1.0) * 0.14
    return (low - room if low < 0 else low, high + room)


def _step(years: int) -> int:
    return 1 if years <= 16 else 2 if years <= 30 else 5


_Entry = tuple[str, str]
"""What is drawn, and its words."""


def _entries(chart: Chart, messages: Messages) -> list[_Entry]:
    """The legend: only what the chart holds."""
    found: dict[str, None] = {}
    for panel in chart.panels:
        found |= {"result": None} if panel.results else {}
        found |= {"statistic": None} if panel.statistics else {}
        found |= {f"target_{'range' if m.low != m.high else m.bound}": None for m in panel.targets}
        found |= {name: None for name in ("words", "silent", "missing") if getattr(panel, name)}
    order = ("result", "statistic", "target_eq", "target_approx", "target_ge", "target_le", "target_range", "words",
             "silent", "missing")  # fmt: skip
    return [(name, messages.label(chart.legend.get(name, f"chart.{name}"))) for name in order if name in found]


def _rows(entries: Iterable[_Entry], room: float) -> list[list[tuple[float, _Entry]]]:
    """The entries in lines, each with its place in inches."""
    rows: list[list[tuple[float, _Entry]]] = [[]]
    at = 0.0
    for entry in entries:
        wide = 0.42 + _width(entry[1]) + 0.22
        if rows[-1] and at + wide > room:
            rows.append([])
            at = 0.0
        rows[-1].append((at, entry))
        at += wide
    return rows


def _width(text: str) -> float:
    """The width of a text in inches, whichever font draws it."""
    ems = sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.58 for c in text)
    return ems * _SMALL / 72


def _legend(figure: Any, row: list[tuple[float, _Entry]], left: float, at: float, width: float, height: float) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle

    def line(x: float, long: float = 0.3, **how: Any) -> None:
        figure.add_artist(Line2D([x / width, (x + long) / width], [at / height] * 2, **how))

    def point(x: float, **how: Any) -> None:
        figure.add_artist(Line2D([(x + 0.15) / width], [at / height], **how))

    for offset, (name, text) in row:
        x = left + offset
        if name in ("result", "statistic"):
            color, style, sign, size = (RESULT, "-", "o", 4.2) if name == "result" else (STATISTIC, "--", "D", 3.2)
            line(x, color=color, linestyle=style, linewidth=1.6)
            point(x, color=color, marker=sign, markersize=size)
        elif name in ("target_range", "missing"):
            color = TARGET if name == "target_range" else GAP
            figure.add_artist(
                Rectangle(((x + 0.03) / width, (at - 0.07) / height), 0.24 / width, 0.14 / height,
                          facecolor=color, alpha=0.25 if name == "target_range" else 1, edgecolor=color)
            )  # fmt: skip
        elif name in ("words", "silent"):
            point(x, **_sign("x" if name == "silent" else "w"))
        else:
            line(x, color=TARGET, linewidth=2.2, solid_capstyle="butt")
            bound = name.removeprefix("target_")
            if _MARKERS.get(bound):
                face = "white" if bound == "approx" else TARGET
                point(x, color=TARGET, marker=_MARKERS[bound], markersize=5.5, markerfacecolor=face)
        figure.text((x + 0.38) / width, (at - 0.045) / height, text, fontsize=_SMALL)
