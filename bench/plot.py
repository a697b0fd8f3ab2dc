"""The verdicts as a picture: how far each figure is above or below its target, as SVG without any library."""

import math
from collections.abc import Iterator, Sequence
from html import escape

from bench.targets import Verdict

_WIDTH, _LEFT, _RIGHT, _TOP, _ROW = 1000, 470, 90, 64, 22
_MOST = 8.0  # times as good as the target: further right is not told apart
_COLORS = {"SQLite": "#3b6fb5", "PostgreSQL": "#7a4fa3"}
_MISSED = "#c4432b"
_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#333}.title{font-size:15px;font-weight:600}"
    ".note{fill:#777}line{stroke:#999}.grid{stroke:#e4e4e4}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}.note{fill:#999}.grid{stroke:#444}}"
)


def svg(verdicts: Sequence[Verdict]) -> str:
    """Draw a bar for each target, by how many times it is met."""
    shown = [(verdict, times_met(verdict)) for verdict in verdicts]
    height = _TOP + _ROW * len(shown) + 20
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
            'aria-label="Each figure beside its target">',
            f"<style>{_STYLE}</style>",
            '<text class="title" x="8" y="22">How many times each target is met</text>',
            '<text class="note" x="8" y="42">Right of the line: better than wanted. Logarithmic.</text>',
            *_legend(),
            *_grid(height),
            *(line for row, (verdict, times) in enumerate(shown) for line in _bar(row, verdict, times)),
            "</svg>\n",
        ]
    )


def times_met(verdict: Verdict) -> float:
    """How many times the target is met: 1 is just met, below it is missed."""
    sign = verdict.wanted.split()[0]
    if verdict.wanted == "0":
        return _MOST if verdict.is_met else 1 / _MOST
    number = float(verdict.wanted.split()[1])
    if not verdict.measured:
        return _MOST
    times = verdict.measured / number if sign == "≥" else number / verdict.measured
    return min(max(times, 1 / _MOST), _MOST)


def _x(times: float) -> float:
    usable = _WIDTH - _LEFT - _RIGHT
    return _LEFT + usable * (math.log(times) + math.log(_MOST)) / (2 * math.log(_MOST))


def _legend() -> Iterator[str]:
    for place, (name, color) in enumerate([*_COLORS.items(), ("not met", _MISSED)]):
        x = _WIDTH - 330 + 110 * place
        yield f'<rect x="{x}" y="12" width="12" height="12" rx="2" fill="{color}"/>'
        yield f'<text x="{x + 17}" y="22">{name}</text>'


def _grid(height: int) -> Iterator[str]:
    for times in (0.125, 0.25, 0.5, 1, 2, 4, 8):
        kind = "" if times == 1 else ' class="grid"'
        yield f'<line{kind} x1="{_x(times):.0f}" x2="{_x(times):.0f}" y1="{_TOP - 8}" y2="{height - 16}"/>'
        label = f"{times:g}×" if times >= 1 else f"1/{1 / times:g}"
        yield f'<text class="note" x="{_x(times):.0f}" y="{_TOP - 12}" text-anchor="middle">{label}</text>'


def _bar(row: int, verdict: Verdict, times: float) -> Iterator[str]:
    y = _TOP + row * _ROW
    start, end = sorted((_x(1), _x(times)))
    color = _COLORS.get(verdict.database, "#555") if verdict.is_met else _MISSED
    shown = f"{verdict.measured:.0f}" if verdict.unit or verdict.wanted == "0" else f"{verdict.measured:.2f}"
    yield f'<text x="{_LEFT - 10}" y="{y + 13}" text-anchor="end">{escape(verdict.what)}</text>'
    width = max(end - start, 2)
    yield f'<rect x="{start:.0f}" y="{y + 3}" width="{width:.0f}" height="14" rx="2" fill="{color}"/>'
    yield f'<text class="note" x="{_WIDTH - _RIGHT + 12}" y="{y + 13}">{shown}{verdict.unit}</text>'
