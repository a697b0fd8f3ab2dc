"""The pure parts of drawing: geometry, views, kinds, hits, history and colours, on many random cases."""

import itertools
import math
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from kempelen.crowd.bundle import FOLDER, combine

pytestmark = [pytest.mark.browser, pytest.mark.once]

MODULES = ["geometry", "view", "kinds", "hits", "palette", "history"]
LAST = """
import { edgesOf, fromPath, isWithin, shifted, snapped } from "./geometry.js";
import { hitAt } from "./hits.js";
import { History } from "./history.js";
import { BOX, KEYPOINT, LINE, POLYGON, POLYLINE } from "./kinds.js";
import { colourOf, contrasting, partsOf } from "./palette.js";
import { fitted, kept, toPicture, toScreen, zoomed } from "./view.js";
let seed = 42;
const chance = () => { // mulberry32: the same numbers each time
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};
const whole = (most) => Math.floor(chance() * most);
const point = (size) => ({ x: whole(size.width + 1), y: whole(size.height + 1) });
const points = (size, count) => Array.from({ length: count }, () => point(size));
const ofKind = (kind, size) => points(size, Number.isFinite(kind.most) ? kind.most : kind.fewest + whole(5));
/** The cases of many for which something does not hold. */
const failures = (times, holds) => {
  const failed = [];
  for (let at = 0; at < times; at += 1) {
    const size = { width: 1 + whole(5000), height: 1 + whole(5000) };
    const told = [];
    if (!holds(size, (...what) => told.push(...what))) failed.push(JSON.stringify([size, told]));
  }
  return failed.slice(0, 3);
};
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
Object.assign(window, { edgesOf, fromPath, isWithin, shifted, snapped, hitAt, History, colourOf, contrasting,
  partsOf, fitted, kept, toPicture, toScreen, zoomed, chance, whole, point, points, ofKind, failures, same,
  kinds: [BOX, KEYPOINT, LINE, POLYGON, POLYLINE] });
"""


@pytest.fixture
def pure(page: Page, tmp_path: Path) -> Page:
    """A page that has these modules, alone."""
    for name in MODULES:
        shutil.copy(FOLDER / f"parts/drawing/{name}.js", tmp_path)
    (tmp_path / "zz.js").write_text(LAST, encoding="utf-8")
    page.add_script_tag(content=combine(tmp_path))
    return page


def failures(pure: Page, holds: str, times: int = 2000) -> Any:
    """Give the first random cases for which this does not hold."""
    return pure.evaluate(f"failures({times}, (size, tell) => {{ {holds} }})")


def test_every_kind_reads_back_what_it_answers(pure: Page) -> None:
    wrong = failures(
        pure,
        """return kinds.every((kind) => {
          const shape = { label: "a", points: ofKind(kind, size) };
          const sent = kind.toAnswer(shape);
          tell(sent);
          return same(kind.toAnswer({ label: "a", points: kind.fromAnswer(sent).points }), sent)
            && !/[.]|null/.test(JSON.stringify(sent));
        })""",
    )
    assert wrong == []


def test_what_is_no_shape_is_refused(pure: Page) -> None:
    broken = [None, 3, "x", {}, {"label": "a", "vertices": 3}, {"label": "a", "vertices": [{"x": 1}]}]
    broken += [{"label": "a", "x": "left", "y": 1}, {"left": 1, "top": 2, "width": "wide", "height": 3}]

    assert pure.evaluate(
        "items => kinds.flatMap((kind) => items.map((one) => kind.fromAnswer(one)))", broken
    ) == [None] * (5 * len(broken))


def test_what_is_moved_keeps_its_form_and_stays_on_the_picture(pure: Page) -> None:
    wrong = failures(
        pure,
        """const before = points(size, 2 + whole(5));
        const [dx, dy] = [(chance() - 0.5) * 9000, (chance() - 0.5) * 9000];
        const after = shifted(before, dx, dy, size);
        tell(before, dx, dy, after);
        const { left, top, right, bottom } = edgesOf(after);
        const by = { x: after[0].x - before[0].x, y: after[0].y - before[0].y };
        return left >= 0 && top >= 0 && right <= size.width && bottom <= size.height
          && after.every(({ x, y }, at) => x - before[at].x === by.x && y - before[at].y === by.y)""",
    )
    assert wrong == []


def test_a_boxs_handle_moves_its_edges_and_no_others(pure: Page) -> None:
    wrong = failures(
        pure,
        """const [box] = kinds;
        const before = ofKind(box, size);
        const [handle, to] = [whole(8), point(size)];
        const one = edgesOf(before);
        const [first, second] = box.moved(before, handle, to);
        tell(before, handle, to, first, second);
        const isLeft = [0, 6, 7].includes(handle), isRight = [2, 3, 4].includes(handle);
        const isTop = [0, 1, 2].includes(handle), isBottom = [4, 5, 6].includes(handle);
        return first.x === (isLeft ? to.x : one.left) && second.x === (isRight ? to.x : one.right)
          && first.y === (isTop ? to.y : one.top) && second.y === (isBottom ? to.y : one.bottom)""",
    )
    assert wrong == []


def test_what_is_under_a_place_of_the_screen_stays_there_when_zoomed(pure: Page) -> None:
    wrong = failures(
        pure,
        """const room = { width: 200 + whole(1500), height: 200 + whole(1000) };
        const view = fitted(size, room);
        const at = { x: room.width * (0.4 + chance() / 5), y: room.height * (0.4 + chance() / 5) };
        const target = toPicture(view, at);
        if (target.x < 0 || target.y < 0 || target.x > size.width || target.y > size.height) return true;
        const near = zoomed(view, 1 + 5 * chance(), at, size, room);
        const now = toScreen(near, target);
        tell(room, view, near, at, now);
        return Math.hypot(now.x - at.x, now.y - at.y) < 0.001 && near.scale <= 40""",
    )
    assert wrong == []


def test_however_it_is_moved_some_of_the_picture_is_to_be_seen(pure: Page) -> None:
    wrong = failures(
        pure,
        """const room = { width: 50 + whole(1500), height: 50 + whole(1000) };
        const far = { scale: 10 ** (4 * chance() - 2), x: (chance() - 0.5) * 1e5, y: (chance() - 0.5) * 1e5 };
        const view = kept(far, size, room);
        tell(room, far, view);
        return view.x < room.width && view.y < room.height && view.x + size.width * view.scale > 0
          && view.y + size.height * view.scale > 0 && same(kept(view, size, room), view)""",
    )
    assert wrong == []


def test_borders_are_hit_from_near_only_and_what_is_above_first(pure: Page) -> None:
    wrong = failures(
        pure,
        """const kind = kinds[3];
        const shapes = [1, 2, 3].map((id) => ({ id, label: "a", points: ofKind(kind, size) }));
        const place = point(size);
        const hit = hitAt(place, { shapes, selected: null, kind, tolerance: 20 });
        const near = shapes.filter((one) => fromPath(place, one.points, true).distance <= 20);
        tell(shapes, place, hit);
        return (hit?.id ?? null) === (near.at(-1)?.id ?? null)""",
    )
    assert wrong == []


def test_history_takes_back_and_makes_again_in_order(pure: Page) -> None:
    wrong = failures(
        pure,
        """const history = new History(() => {}, 20);
        let now = 0, given = 0;
        const model = { past: [], future: [] };
        for (let at = 0; at < 60; at += 1) {
          const act = whole(5);
          if (act < 2) {
            const before = now, after = (given += 1);
            model.past.push([before, after]);
            model.past = model.past.slice(-20);
            model.future = [];
            now = after;
            history.note(() => (now = before), () => (now = after));
          } else {
            const [from, to, name] = act < 4 ? ["past", "future", "undo"] : ["future", "past", "redo"];
            const change = model[from].pop();
            if (change) model[to].push(change);
            const expected = change ? change[act < 4 ? 0 : 1] : now;
            if (history[name]() !== Boolean(change) || now !== expected) return false;
          }
          const [past, future] = [model.past.length > 0, model.future.length > 0];
          if (history.canUndo !== past || history.canRedo !== future) return false;
        }
        return true""",
        times=300,
    )
    assert wrong == []


# What people see of red, green and blue: all of them; with deuteranopia; with protanopia (Machado et al.).
EYES = [
    ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
]
CONES = ((0.41222, 0.53633, 0.05145), (0.2119, 0.6807, 0.1074), (0.0883, 0.28172, 0.62998))
OKLAB = ((0.21045, 0.79362, -0.00407), (1.978, -2.42859, 0.45059), (0.0259, 0.78277, -0.80868))


def seen(colour: str, eye: Any) -> list[float]:
    """Give how a colour looks, in OKLab."""

    def times(matrix: Any, vector: Any) -> list[float]:
        return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]

    parts = [part / 255 for part in bytes.fromhex(colour[1:])]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    held = [min(1.0, max(0.0, part)) for part in times(eye, linear)]
    return times(OKLAB, [cone ** (1 / 3) for cone in times(CONES, held)])


def test_ten_colours_are_told_apart_by_all_eyes_and_read_on(pure: Page) -> None:
    colours = pure.evaluate("Array.from({ length: 10 }, (_, at) => colourOf(at))")
    for eye in EYES:
        for one, other in itertools.combinations(colours, 2):
            assert math.dist(seen(one, eye), seen(other, eye)) > 0.14, (one, other)

    assert pure.evaluate("['#000', '#ffffff', '#E6FF00', '#660066'].map(contrasting)") == [
        "#ffffff",
        "#000000",
        "#000000",
        "#ffffff",
    ]
