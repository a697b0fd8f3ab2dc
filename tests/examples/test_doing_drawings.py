"""The drawing kinds under “Vision”: published, done by a worker with the mouse, found in the results."""

import base64
import json
from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Frame, Page

from tests.crowd import pngs
from tests.examples.doing import How, do
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.once]

# Where on the page's screen a place of the picture is; the frame's own place is added by `spot`.
_PLACE = """([x, y]) => {
  const { stage } = document.querySelector("crowd-form [labels]");
  const edge = stage.place.getBoundingClientRect();
  const at = stage.toScreen({ x, y });
  return [edge.left + stage.place.clientLeft + at.x, edge.top + stage.place.clientTop + at.y];
}"""
_IS_OPEN = """() => {
  const { stage } = document.querySelector("crowd-form [labels]");
  return stage.isOpen && stage.room.width > 0;
}"""


def spot(task: Frame, x: float, y: float) -> tuple[float, float]:
    """Where on the screen a place of the picture is."""
    frame = task.frame_element().bounding_box()
    assert frame
    across, down = task.evaluate(_PLACE, [x, y])
    return frame["x"] + across, frame["y"] + down


def choose(task: Frame, label: str) -> None:
    """Choose a label in the tool's list."""
    task.get_by_role("radio", name=label, exact=True).click(force=True)


def box(task: Frame, label: str, *, left: int, top: int, width: int, height: int) -> None:
    """Draw a box from corner to corner."""
    choose(task, label)
    task.page.mouse.move(*spot(task, left, top))
    task.page.mouse.down()
    task.page.mouse.move(*spot(task, left + width / 2, top + height / 2))
    task.page.mouse.move(*spot(task, left + width, top + height))
    task.page.mouse.up()


def click(task: Frame, x: int, y: int) -> None:
    """Click a place of the picture."""
    task.page.mouse.click(*spot(task, x, y))


def fill_boxes(task: Frame) -> None:
    task.wait_for_function(_IS_OPEN)
    for drawn in BOXES:
        sizes = {name: value for name, value in drawn.items() if isinstance(value, int)}
        box(task, str(drawn["label"]), **sizes)


def fill_polygon(task: Frame) -> None:
    task.wait_for_function(_IS_OPEN)
    choose(task, "House")
    for x, y in [*CORNERS, CORNERS[0]]:
        click(task, x, y)


def fill_keypoints(task: Frame) -> None:
    task.wait_for_function(_IS_OPEN)
    for label, (x, y) in POINTS.items():
        choose(task, label)
        click(task, x, y)


def paint(task: Frame, label: str, corners: list[tuple[int, int]]) -> None:
    """Paint all that lies between the corners."""
    choose(task, label)
    task.get_by_role("application").focus()
    task.page.keyboard.press("p")
    for x, y in corners:
        click(task, x, y)
    task.page.keyboard.press("Enter")


def fill_areas(task: Frame) -> None:
    task.wait_for_function(_IS_OPEN)
    paint(task, "Sky", SKY)
    paint(task, "Ground", GROUND)


def fill_instances(task: Frame) -> None:
    task.wait_for_function(_IS_OPEN)
    for label, corners in (("Person", PERSON), ("Car", FIRST_CAR), ("Car", SECOND_CAR)):
        paint(task, label, corners)


def has_colours(**places: tuple[int, int]) -> Callable[[str], None]:
    """A check of a mask: these colours are at these places, none other anywhere but white."""

    def check(text: str) -> None:
        pixels = pngs.pixels_in(base64.b64decode(text, validate=True))
        assert (len(pixels), len(pixels[0])) == (360, 480)
        found = {f"x{bytes(pixels[y][x]).hex()}" for x, y in places.values()}
        assert found == set(places)
        assert {f"x{bytes(pixel).hex()}" for row in pixels for pixel in row} == found | {"xffffff"}

    return check


def as_json(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def sized(height: int, width: int, columns: Mapping[str, str]) -> dict[str, str]:
    """The columns of a drawing on a picture of this size."""
    size = {"inputImageProperties.height": str(height), "inputImageProperties.width": str(width)}
    return {f"annotatedResult.{name}": value for name, value in (size | dict(columns)).items()}


BOXES: list[dict[str, int | str]] = [
    {"height": 104, "label": "Person", "left": 218, "top": 188, "width": 44},
    {"height": 54, "label": "Car", "left": 60, "top": 280, "width": 120},
    {"height": 54, "label": "Car", "left": 300, "top": 265, "width": 120},
]
CORNERS = [(20, 110), (80, 72), (140, 110), (140, 230), (20, 230)]
POINTS = {
    "Head": (180, 90),
    "Left hand": (250, 270),
    "Right hand": (110, 270),
    "Left foot": (204, 440),
    "Right foot": (156, 440),
}
SKY = [(150, 10), (300, 10), (300, 40), (150, 40)]
GROUND = [(200, 310), (280, 310), (280, 350), (200, 350)]
PERSON = [(225, 195), (255, 195), (255, 285), (225, 285)]
FIRST_CAR = [(65, 300), (175, 300), (175, 330), (65, 330)]
SECOND_CAR = [(305, 285), (415, 285), (415, 315), (305, 315)]
COLOURS = {"Sky": "#0072b2", "Building": "#e69f00", "Plants": "#33ccb3", "Ground": "#e6334d"}
HOW = {
    "bounding-box": How(fill_boxes, sized(360, 480, {"boundingBoxes": as_json(BOXES)})),
    "polygon": How(
        fill_polygon,
        sized(
            360,
            480,
            {"polygons": as_json([{"label": "House", "vertices": [{"x": x, "y": y} for x, y in CORNERS]}])},
        ),
    ),
    "keypoint": How(
        fill_keypoints,
        sized(
            480,
            360,
            {"keypoints": as_json([{"label": name, "x": x, "y": y} for name, (x, y) in POINTS.items()])},
        ),
    ),
    "semantic-segmentation": How(
        fill_areas,
        sized(360, 480, {f"labelMappings.{label}.color": colour for label, colour in COLOURS.items()}),
        {"annotatedResult.labeledImage.pngImageData": has_colours(x0072b2=(200, 20), xe6334d=(240, 330))},
    ),
    "instance-segmentation": How(
        fill_instances,
        sized(
            360,
            480,
            {
                "instances": as_json(
                    [
                        {"color": "#0072b2", "label": "Person"},
                        {"color": "#e69f00", "label": "Car"},
                        {"color": "#33ccb3", "label": "Car"},
                    ]
                )
            },
        ),
        {
            "annotatedResult.labeledImage.pngImageData": has_colours(
                x0072b2=(240, 240), xe69f00=(120, 315), x33ccb3=(360, 300)
            )
        },
    ),
}


@pytest.mark.parametrize("slug", HOW)
def test_an_example_is_published_and_done_and_found_in_the_results(
    slug: str, new_visitor: Callable[..., Page], site: Server
) -> None:
    do(slug, HOW[slug], new_visitor(), site)
