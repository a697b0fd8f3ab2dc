"""Offsets and spans of marked text: counted as Python counts, and never overlapping by what a worker does."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from kempelen.crowd.bundle import FOLDER, combine

pytestmark = [pytest.mark.browser, pytest.mark.once]

MAIN = """import { Offsets } from "./offsets.js";
import { piecesOf, placed, spanAt, spanOf, trimmed } from "./spans.js";
window.offsets = (text, points) => {
  const offsets = new Offsets(text);
  return points.map((point) => [offsets.units(point), offsets.points(offsets.units(point))]);
};
window.slice = (text, units) => units.map(([start, end]) => text.slice(start, end));
window.place = (ranges, length) => {
  let spans = [];
  for (const [start, end] of ranges) spans = placed(spans, spanOf(start, end, "x")) ?? spans;
  const pieces = piecesOf(spans, length);
  return [
    spans.map(({ start, end }) => [start, end]),
    pieces.map(({ start, end, spans }) => [start, end, spans.length]),
  ];
};
window.trim = (text) => trimmed(text, { start: 0, end: text.length });
"""
# Signs of every kind: ASCII, accents, beyond U+FFFF, joined emoji, right to left, line breaks.
TEXTS = st.text(st.sampled_from("aé 😀𝒜\n\u200dא\u0301👩"), max_size=40)
STARTS_AND_SIZES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)))
SETTINGS = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def engine(page: Page, tmp_path: Path) -> Page:
    for name in ("offsets.js", "spans.js"):
        (tmp_path / name).write_text(
            (FOLDER / "parts/text" / name).read_text(encoding="utf-8"), encoding="utf-8"
        )
    (tmp_path / "main.js").write_text(MAIN, encoding="utf-8")
    page.add_script_tag(content=combine(tmp_path))
    return page


def test_offsets_are_those_of_pythons_strings(engine: Page) -> None:
    @SETTINGS
    @given(TEXTS)
    def agrees(text: str) -> None:
        points = list(range(len(text) + 1))
        found = engine.evaluate("([text, points]) => offsets(text, points)", [text, points])
        units = [len(text[:point].encode("utf-16-le")) // 2 for point in points]
        assert found == [[unit, point] for unit, point in zip(units, points, strict=True)]

    agrees()


def test_spans_never_overlap_and_pieces_cover_the_text_once(engine: Page) -> None:
    @SETTINGS
    @given(STARTS_AND_SIZES)
    def holds(sizes: list[tuple[int, int]]) -> None:
        ranges = [[start, start + size] for start, size in sizes]
        spans, pieces = engine.evaluate("(ranges) => place(ranges, 40)", ranges)
        assert spans == sorted(spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        assert [piece[0] for piece in pieces] == [0, *[piece[1] for piece in pieces[:-1]]]
        assert pieces[-1][1] == 40
        assert {(start, end) for start, end, count in pieces if count} == {tuple(span) for span in spans}

    holds()


def test_white_space_at_the_ends_is_left_out(engine: Page) -> None:
    expected = {" a b\n": {"start": 1, "end": 4}, "\u00a0x": {"start": 1, "end": 2}, " \n": None}
    for text, span in expected.items():
        assert engine.evaluate("(text) => trim(text)", text) == span, json.dumps(text)
