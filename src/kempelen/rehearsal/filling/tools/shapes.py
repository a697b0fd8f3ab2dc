"""Shapes drawn on a picture, in its whole pixels; as `crowd/parts/drawing/kinds.js` (crowd-elements §5)."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from kempelen.rehearsal.filling.controls import Control, Value
from kempelen.rehearsal.filling.tools.tool import CannotMake, items_in, label_in, labels_of, number_in

USUAL_SIZE = (640, 480)
_MOST_SAMPLED = 3
_MOST_POINTS = 10_000

Shape = dict[str, Any]


@dataclass(frozen=True)
class Shapes:
    """A tool for shapes of a kind: the answer's list of them, and how many points each has."""

    list_name: str
    read: Callable[[Control, Mapping[str, Any]], Shape]
    fewest: int = 1
    most: int = 1

    def taken(self, control: Control, value: Any) -> list[Shape]:
        """Give the shapes as the answer has them, each within the picture."""
        return [self._shape(control, item) for item in items_in(value, self.list_name)]

    def _shape(self, control: Control, item: Any) -> Shape:
        if not isinstance(item, Mapping):
            raise CannotMake("asks for objects with a label")
        return {**self.read(control, item), "label": label_in(control, item)}

    def fault(self, control: Control, data: Any) -> str:
        """Nothing drawn is an answer; of a shape that nobody could draw, why."""
        for shape in data or ():
            points = shape.get("vertices", ())
            if points and not self.fewest <= len(points) <= self.most:
                return f"draw {self.fewest} points or more" if self.most > 2 else f"draw {self.most} points"
        return ""

    def says(self, control: Control, data: Any) -> Shape:
        """Give the shapes, the size of the picture, and whether they differ from those to begin with."""
        initial = control.settings.get("initial", [])
        shapes = initial if data is None else data
        width, height = control.size or USUAL_SIZE
        answer = {self.list_name: shapes, "inputImageProperties": {"height": height, "width": width}}
        if "initial" in control.settings:
            answer["initialValueModified"] = shapes != initial
        return answer

    def initial(self, control: Control, value: Any) -> list[Shape]:
        """Give the shapes of an initial value, beyond the picture too; what has another label is left out."""
        control = replace(control, size=None)
        found = value.get(self.list_name) if isinstance(value, Mapping) else value
        shapes = []
        for item in found if isinstance(found, list) else []:
            try:
                shape = self._shape(control, item)
            except CannotMake:
                continue
            if not self.fault(control, [shape]):
                shapes.append(shape)
        return shapes

    def sample(self, control: Control, random: Random) -> Value:
        """Draw one shape or a few, anywhere."""
        labels = labels_of(control)
        if not labels:
            return []
        return [self._sample(control, random, labels) for _ in range(random.randint(1, _MOST_SAMPLED))]

    def _sample(self, control: Control, random: Random, labels: list[str]) -> Shape:
        width, height = control.size or USUAL_SIZE
        label = random.choice(labels)
        if self.list_name == "boundingBoxes":
            (left, right), (top, bottom) = _apart(width, random), _apart(height, random)
            return {"height": bottom - top, "label": label, "left": left, "top": top, "width": right - left}
        if self.list_name == "keypoints":
            return {"label": label, "x": random.randrange(width), "y": random.randrange(height)}
        count = random.randint(self.fewest, min(self.most, self.fewest + 4))
        middle = (random.uniform(width / 4, width * 3 / 4), random.uniform(height / 4, height * 3 / 4))
        turn, reach = random.random() * 2 * math.pi, min(width, height) / 5
        angles = (turn + 2 * math.pi * at / count for at in range(count))
        points = [(middle[0] + reach * math.cos(one), middle[1] + reach * math.sin(one)) for one in angles]
        return {"label": label, "vertices": [{"x": round(x), "y": round(y)} for x, y in points]}


def _apart(length: int, random: Random) -> tuple[int, int]:
    start = random.randrange(max(length - length // 8, 1))
    return start, random.randint(min(start + max(length // 10, 1), length), length)


def _box(control: Control, item: Mapping[str, Any]) -> Shape:
    left, top, width, height = (number_in(item, name) for name in ("left", "top", "width", "height"))
    (left, top), (right, bottom) = held(control, left, top), held(control, left + width, top + height)
    return {
        "height": abs(bottom - top),
        "left": min(left, right),
        "top": min(top, bottom),
        "width": abs(right - left),
    }


def _keypoint(control: Control, item: Mapping[str, Any]) -> Shape:
    x, y = held(control, number_in(item, "x"), number_in(item, "y"), is_point=True)
    return {"x": x, "y": y}


def _path(control: Control, item: Mapping[str, Any]) -> Shape:
    vertices = items_in(item.get("vertices"), "vertices")
    if len(vertices) > _MOST_POINTS:
        raise CannotMake("has too many points")
    points = (held(control, number_in(one, "x"), number_in(one, "y")) for one in vertices)
    return {"vertices": [{"x": x, "y": y} for x, y in points]}


def held(control: Control, x: float, y: float, *, is_point: bool = False) -> tuple[int, int]:
    """Give a place as a whole pixel within the picture: a point is one, edges lie between two."""
    across, down = math.floor(x + 0.5), math.floor(y + 0.5)
    if control.size is None:
        return across, down
    width, height = control.size
    less = 1 if is_point else 0
    return max(0, min(width - less, across)), max(0, min(height - less, down))


BOXES = Shapes("boundingBoxes", _box)
KEYPOINTS = Shapes("keypoints", _keypoint)
LINES = Shapes("lines", _path, fewest=2, most=2)
POLYLINES = Shapes("polylines", _path, fewest=2, most=_MOST_POINTS)
POLYGONS = Shapes("polygons", _path, fewest=3, most=_MOST_POINTS)
