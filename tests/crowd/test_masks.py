"""The engine of masks: what strokes, polygons and fills cover, undo, and PNG files that are exact."""

import base64
import random
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from kempelen.crowd.bundle import FOLDER, combine
from tests.crowd import pngs

pytestmark = [pytest.mark.browser, pytest.mark.once]

COLOURS = ["#ffffff", "#0072b2", "#e69f00", "#33ccb3"]
RGB = [tuple(bytes.fromhex(colour[1:])) for colour in COLOURS]
LAST = """
import { Mask } from "./mask.js";
import { bytesOfText, maskIn } from "./mask-in.js";
import { NotAPicture } from "./png-in.js";
import { PngWriter } from "./png-out.js";
window.made = (width, height) => {
  const mask = new Mask(width, height);
  window.writer = new PngWriter(mask);
  return (window.mask = mask);
};
window.rows = (mask = window.mask) => Array.from({ length: mask.height }, (_, y) =>
  [...mask.cells.subarray(y * mask.width, (y + 1) * mask.width)].map((number) => number || ".").join(""));
window.read = (text, colours) => {
  try {
    const numbers = new Map(colours.map((colour, i) => [parseInt(colour.slice(1), 16), i]));
    const { mask, unknown } = maskIn(bytesOfText(text), numbers);
    return { rows: rows(mask), unknown };
  } catch (error) {
    if (error instanceof NotAPicture) return error.message;
    throw error;
  }
};
"""


@pytest.fixture
def engine(page: Page, tmp_path: Path) -> Page:
    """A page that has our engine, alone."""
    for path in (FOLDER / "parts" / "drawing").glob("*.js"):
        if path.name.startswith(("mask.", "mask-in", "mask-shapes", "png")):
            (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"))
    (tmp_path / "window.js").write_text(LAST.lstrip())
    page.add_script_tag(content=combine(tmp_path))
    return page


def drawn(page: Page, *acts: str, size: tuple[int, int] = (9, 7)) -> list[str]:
    """Give the rows of a mask after these calls of it."""
    page.evaluate(f"made({size[0]}, {size[1]}); {'; '.join(f'mask.{act}' for act in acts)}")
    rows: list[str] = page.evaluate("rows()")
    return rows


def read(page: Page, content: bytes) -> Any:
    """Give what our reader makes of a file."""
    return page.evaluate(
        "([text, colours]) => read(text, colours)", [base64.b64encode(content).decode(), COLOURS]
    )


def test_a_stroke_is_round_and_covers_pixels_whose_middle_it_covers(engine: Page) -> None:
    assert drawn(engine, "stroke({x: 2.5, y: 3.5}, {x: 6.5, y: 3.5}, 5, 1)") == [
        ".........", ".1111111.", *["111111111"] * 3, ".1111111.", ".........",
    ]  # fmt: skip
    steep = drawn(engine, "stroke({x: 1, y: 0}, {x: 5, y: 6.5}, 1, 2)")
    assert all("2" in row for row in steep), "a thin line has no gaps"
    assert drawn(engine, "stroke({x: -50, y: -50}, {x: 99, y: 99}, 400, 3)") == ["333333333"] * 7


def test_polygons_cover_what_their_border_goes_around(engine: Page) -> None:
    star = "polygon([{x: 1, y: 1}, {x: 8, y: 1}, {x: 8, y: 5}, {x: 1, y: 5}], 1)"
    assert drawn(engine, star) == [".........", *[".1111111."] * 4, ".........", "........."]
    twice = "[{x: 1, y: 1}, {x: 8, y: 1}, {x: 8, y: 5}, {x: 1, y: 5}]"
    assert drawn(engine, f"polygon([...{twice}, ...{twice}], 1)")[1] == ".1111111.", (
        "no holes where it crosses"
    )
    assert drawn(engine, "polygon([{x: 2, y: 2}, {x: 5, y: 2}], 1)") == ["........."] * 7


def test_a_fill_stops_at_what_is_painted_and_leaves_its_corners(engine: Page) -> None:
    ring = "stroke({x: 2, y: 1}, {x: 6, y: 1}, 1, 1); mask.stroke({x: 6, y: 1}, {x: 6, y: 5}, 1, 1);"
    ring += "mask.stroke({x: 6, y: 5}, {x: 2, y: 5}, 1, 1); mask.stroke({x: 2, y: 5}, {x: 2, y: 1}, 1, 1)"
    assert drawn(engine, ring, "area({x: 4, y: 3}, 2)") == [
        ".........", "..11111..", *["..12221.."] * 3, "..11111..", ".........",
    ]  # fmt: skip
    assert drawn(engine, ring, "area({x: 2, y: 2}, 3)")[1] == "..33333.."
    assert drawn(engine, ring, "area({x: 0, y: 0}, 3)", "erase(3)")[1:3] == [
        "..11111..", "..1...1..",
    ]  # fmt: skip


def test_whatever_was_done_can_be_undone_and_done_again(engine: Page) -> None:
    states = engine.evaluate(
        """() => {
          const [states, changes] = [[], []];
          made(300, 200);
          let seed = 7;
          const any = (most) => (seed = (seed * 48271) % 2147483647) % most;
          const point = () => ({ x: any(340) - 20, y: any(240) - 20 });
          const note = () => states.push(mask.cells.slice().join());
          for (let i = 0; i < 30; i += 1) {
            note();
            mask.begin();
            if (i % 3 === 0) mask.stroke(point(), point(), 1 + any(40), any(4));
            if (i % 3 === 1) mask.polygon([point(), point(), point(), point()], any(4));
            if (i % 3 === 2) mask.area(point(), any(4));
            changes.push(mask.end());
          }
          note();
          const seen = () => states.indexOf(mask.cells.join());
          const undone = changes.slice().reverse().every((change, i) => {
            if (change) mask.swap(change);
            return mask.cells.join() === states[29 - i];
          });
          for (const change of changes) if (change) mask.swap(change);
          return [undone, mask.cells.join() === states[30], changes.filter(Boolean).length];
        }"""
    )
    assert states[:2] == [True, True]
    assert states[2] > 15


@pytest.mark.parametrize("size", [(1, 1), (37, 21), (130, 200), (301, 257)])
@pytest.mark.parametrize("count", [2, 4, 9, 40])
def test_a_file_has_exactly_the_colours_of_the_map(engine: Page, size: tuple[int, int], count: int) -> None:
    width, height = size
    dice = random.Random(width * count)
    colours = ["#ffffff", *(f"#{dice.randrange(0xFFFFFF):06x}" for _ in range(count - 1))]
    numbers = [
        dice.choice([0, 0, dice.randrange(count)]) for _ in range(-(-width * height // 7)) for _ in range(7)
    ]
    numbers = numbers[: width * height]
    engine.evaluate(
        "([width, height, numbers]) => made(width, height).cells.set(numbers)", [width, height, numbers]
    )
    content = base64.b64decode(engine.evaluate("colours => writer.base64(colours)", colours), validate=True)

    rgb = [tuple(bytes.fromhex(colour[1:])) for colour in colours]
    assert [pixel for row in pngs.pixels_in(content) for pixel in row] == [rgb[number] for number in numbers]


def test_a_file_follows_what_changed_since_the_last(engine: Page) -> None:
    drawn(engine, "polygon([{x: 1, y: 1}, {x: 90, y: 9}, {x: 60, y: 190}], 1)", size=(100, 200))
    engine.evaluate("colours => { writer.base64(colours); mask.begin(); }", COLOURS)
    engine.evaluate("mask.stroke({x: 3, y: 60}, {x: 70, y: 70}, 9, 2); window.change = mask.end()")
    for act in ("undefined", "mask.swap(change)", "mask.swap(change)"):
        engine.evaluate(act)
        content = base64.b64decode(engine.evaluate("colours => writer.base64(colours)", COLOURS))
        numbers = engine.evaluate("[...mask.cells]")
        assert [pixel for row in pngs.pixels_in(content) for pixel in row] == [
            RGB[number] for number in numbers
        ]


def test_a_large_mask_is_a_small_file(engine: Page) -> None:
    ground = [(0, 900), (1500, 400), (4000, 1100), (4000, 3000), (0, 3000)]
    points = [{"x": x, "y": y} for x, y in ground]
    engine.evaluate("points => made(4000, 3000).polygon(points, 1)", points)
    engine.evaluate("mask.stroke({x: 9, y: 9}, {x: 3000, y: 2000}, 120, 2)")
    text = engine.evaluate("colours => writer.base64(colours)", COLOURS)
    assert len(text) < 100_000
    assert (
        engine.evaluate("text => read(text, ['#ffffff', '#0072b2', '#e69f00', '#33ccb3']).unknown", text) == 0
    )


@pytest.mark.parametrize("interlaced", [False, True])
@pytest.mark.parametrize("kind", ["rgb", "rgba"])
def test_masks_of_others_are_read_whatever_way_they_are_written(
    engine: Page, interlaced: bool, kind: str
) -> None:
    dice = random.Random(5)
    numbers = [[dice.randrange(4) for _ in range(19)] for _ in range(23)]
    alpha = (255,) if kind == "rgba" else ()
    rows = [[RGB[number] + alpha for number in row] for row in numbers]
    shown = ["".join(str(number or ".") for number in row) for row in numbers]
    content = pngs.png_of(rows, interlaced=interlaced, filters=(0, 1, 2, 3, 4))
    assert read(engine, content) == {"rows": shown, "unknown": 0}


@pytest.mark.parametrize("depth", [2, 4, 8])
def test_masks_with_a_palette_are_read(engine: Page, depth: int) -> None:
    content = pngs.indexed_png([[1, 0, 2, 3, 3], [0, 0, 0, 1, 2]], RGB, depth=depth)
    assert read(engine, content) == {"rows": ["1.233", "...12"], "unknown": 0}


def test_what_stands_for_no_label_shows_nothing_and_is_counted(engine: Page) -> None:
    odd, clear, white = (1, 2, 3, 255), (9, 9, 9, 0), (255, 255, 255, 255)
    content = pngs.png_of([[odd, odd, clear, white, (*RGB[1], 255)]])
    assert read(engine, content) == {"rows": ["....1"], "unknown": 2}


def test_what_is_no_picture_is_refused_with_a_reason(engine: Page) -> None:
    whole = pngs.png_of([[(0, 0, 0)] * 9] * 9)
    assert read(engine, b"GIF89a") == "it is no PNG"
    assert "no size" in read(engine, pngs.SIGNATURE)
    assert "ends too early" in read(engine, whole[:-40])
    bomb = pngs.file_of([(b"IHDR", b"\xff" * 8 + bytes([8, 2, 0, 0, 0])), (b"IEND", b"")])
    assert "no size that can be shown" in read(engine, bomb)
    assert engine.evaluate("read('%%%', [])") == "it is no base64"
    for at in range(33, len(whole), 3):  # whatever is broken, it ends, and says so if it is seen
        broken = whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]
        assert isinstance(read(engine, broken), str | dict)
