"""Masks painted on a picture: a colour for each label, or for each instance (crowd-elements.md §5).

What is painted is given as boxes and polygons with labels, later ones over those before; an answer that is
given whole is sent as it is.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from kempelen.rehearsal.filling.controls import Control, Value
from kempelen.rehearsal.filling.tools import shapes
from kempelen.rehearsal.filling.tools.colours import Colours
from kempelen.rehearsal.filling.tools.png import png_of
from kempelen.rehearsal.filling.tools.tool import CannotMake, items_in, label_in, labels_of

# As the element's own limit, and so that nobody's picture fills the memory.
MOST_THINGS = 255
MOST_PIXELS = 60_000_000


@dataclass(frozen=True)
class Masks:
    """A tool that paints; `is_by_instance` if each thing has a colour of its own."""

    is_by_instance: bool

    def taken(self, control: Control, value: Any) -> Any:
        """Give the painted shapes, or the answer that was given whole."""
        if isinstance(value, Mapping) and "labeledImage" in value:
            return dict(value)
        items = items_in(value, "regions")
        if len(items) > MOST_THINGS:
            raise CannotMake(f"takes {MOST_THINGS} regions at most")
        return [_region(control, item) for item in items]

    def fault(self, control: Control, data: Any) -> str:
        """Nothing painted is an answer, but a picture may be too large to be painted on."""
        width, height = control.size or shapes.USUAL_SIZE
        return "" if width * height <= MOST_PIXELS else "the picture is too large"

    def says(self, control: Control, data: Any) -> Any:
        """Give the mask as a PNG of the picture's size, and the colours in it."""
        width, height = control.size or shapes.USUAL_SIZE
        answer = data if isinstance(data, dict) else self._painted(control, data or [], (width, height))
        answer = {"inputImageProperties": {"height": height, "width": width}, **answer}
        if "initial" in control.settings:
            answer.setdefault("initialValueModified", data is not None)
        return answer

    def _painted(self, control: Control, regions: Sequence[Any], size: tuple[int, int]) -> dict[str, Any]:
        width, height = size
        labels = labels_of(control)
        colours = Colours(control.settings.get("colours", ()), len(labels))
        things = [region["label"] for region in regions] if self.is_by_instance else labels
        if self.is_by_instance:
            colours = Colours((), len(things))
        cells = bytearray(width * height)
        for number, region in enumerate(regions, 1):
            thing = number if self.is_by_instance else labels.index(region["label"]) + 1
            for y, left, right in _runs(region, width, height):
                cells[y * width + left : y * width + right] = bytes([thing]) * (right - left)
        used = colours.used
        png = png_of(cells, width, height, ["#ffffff", *used])
        image = {"labeledImage": {"pngImageData": b64encode(png).decode()}}
        if self.is_by_instance:
            shown = [at for at in range(len(things)) if cells.find(at + 1) >= 0]
            return {"instances": [{"color": used[at], "label": things[at]} for at in shown], **image}
        return {
            "labelMappings": {label: {"color": colour} for label, colour in zip(labels, used, strict=True)},
            **image,
        }

    def sample(self, control: Control, random: Random) -> Value:
        """Paint a box or a few, anywhere."""
        return shapes.BOXES.sample(control, random)


def _region(control: Control, item: Any) -> dict[str, Any]:
    if not isinstance(item, Mapping):
        raise CannotMake("asks for objects with a label")
    label = label_in(control, item)
    if "vertices" in item:
        (polygon,) = shapes.POLYGONS.taken(control, [item])
        return polygon
    (box,) = shapes.BOXES.taken(control, [item])
    right, bottom = box["left"] + box["width"], box["top"] + box["height"]
    corners = [(box["left"], box["top"]), (right, box["top"]), (right, bottom), (box["left"], bottom)]
    return {"label": label, "vertices": [{"x": x, "y": y} for x, y in corners]}


def _runs(region: Mapping[str, Any], width: int, height: int) -> list[tuple[int, int, int]]:
    """Give the rows of a polygon: y, from, to; a pixel is in it if its middle is (even and odd)."""
    points = [(one["x"], one["y"]) for one in region["vertices"]]
    edges = list(zip(points, [*points[1:], *points[:1]], strict=True))
    top, bottom = max(0, min(y for _, y in points)), min(height, max(y for _, y in points))
    runs = []
    for y in range(top, bottom):
        middle = y + 0.5
        crossed = sorted(
            x + (middle - low) * (other - x) / (high - low)
            for (x, low), (other, high) in edges
            if (low > middle) != (high > middle)
        )
        for left, right in zip(crossed[::2], crossed[1::2], strict=False):
            # Of the pixels whose middle lies between.
            start, end = max(0, -int(-(left - 0.5) // 1)), min(width, -int(-(right - 0.5) // 1))
            if start < end:
                runs.append((y, start, end))
    return runs


REGIONS = Masks(is_by_instance=False)
INSTANCES = Masks(is_by_instance=True)
