"""Drawing with the mouse: boxes, points, lines and polygons, and what is painted as polygons."""

from typing import TYPE_CHECKING, Any

from kempelen.rehearsal.filling.controls import Control, NotTaken

if TYPE_CHECKING:
    from playwright.sync_api import Locator

# Where on the stage a place of the picture is, from the edge of its padding.
_PLACE = """(element, [x, y]) => {
  const { x: across, y: down } = element.stage.toScreen({ x, y });
  return [across, down];
}"""
_IS_SHOWN = """(element) => new Promise((resolve) => {
  setTimeout(resolve, 30000, false);
  const look = () =>
    element.stage.isOpen && element.stage.room.width > 0 ? resolve(true) : requestAnimationFrame(look);
  look();
})"""
# What was there to begin with, taken away as the list's buttons do.
_CLEAR = "(element) => element.items().forEach(({ id }) => element.discard(id))"


def draw(element: "Locator", control: Control, data: Any) -> None:
    """Draw all shapes in a tool's picture."""
    if isinstance(data, dict):
        raise NotTaken({control.name: "a mask that is given whole cannot be painted with the mouse"})
    element.scroll_into_view_if_needed()
    if not element.evaluate(_IS_SHOWN):
        raise NotTaken({control.name: "the picture does not come, so that nothing can be drawn on it"})
    element.evaluate(_CLEAR)
    stage = element.get_by_role("application")
    for shape in data:
        label = next(at for at, one in enumerate(control.choices) if one.value == shape["label"])
        # Its button lies, unseen, over the whole label.
        element.locator(".labels input").nth(label).click(force=True)
        if control.kind in ("regions", "instances"):
            stage.press("p")
        _draw(element, stage, control, shape)


def _draw(element: "Locator", stage: "Locator", control: Control, shape: dict[str, Any]) -> None:
    if control.kind == "boxes":
        left, top = shape["left"], shape["top"]
        _drag(element, stage, [(left, top), (left + shape["width"], top + shape["height"])])
        return
    if control.kind == "keypoints":
        _click(element, stage, shape["x"], shape["y"])
        return
    points = [(one["x"], one["y"]) for one in shape["vertices"]]
    if control.kind == "lines":
        _drag(element, stage, points)
        return
    for x, y in points:
        _click(element, stage, x, y)
    stage.press("Enter")


def _click(element: "Locator", stage: "Locator", x: float, y: float) -> None:
    # With Shift held a new shape is begun, also over another.
    across, down = element.evaluate(_PLACE, [x, y])
    stage.click(position={"x": across, "y": down}, modifiers=["Shift"])


def _drag(element: "Locator", stage: "Locator", points: list[tuple[float, float]]) -> None:
    mouse, keyboard = stage.page.mouse, stage.page.keyboard
    (first, last) = points
    middle = ((first[0] + last[0]) / 2, (first[1] + last[1]) / 2)
    keyboard.down("Shift")
    for at, point in enumerate((first, middle, last)):
        across, down = element.evaluate(_PLACE, list(point))
        stage.hover(position={"x": across, "y": down})
        if at == 0:
            mouse.down()
    mouse.up()
    keyboard.up("Shift")
