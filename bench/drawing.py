"""How long a frame takes while somebody draws: 200 shapes on a picture of 4,000 by 3,000 pixels.

    python -m bench.drawing [--rounds 3] [--device-pixels 2] [--keep trace.json]

A real Chromium, without a graphics card, is driven by real pointer events; its own tracing says how long the
page's main thread worked for each animation frame (scripts, layout, painting and, for want of a graphics
card, the rastering of the canvases).  The target is 16 ms per frame on average.
"""

import argparse
import base64
import json
import math
import random
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import mean, quantiles
from typing import Any

from playwright.sync_api import CDPSession, Page, Route, sync_playwright

from kempelen.crowd.bundle import bundle

WIDTH, HEIGHT, SHAPES = 4000, 3000, 200
BUDGET_MS = 16.0
ORIGIN = "https://tasks.invalid"
CATEGORIES = "toplevel,disabled-by-default-devtools.timeline,devtools.timeline,blink.user_timing"
LABELS = ["Person", "Car", "Bicycle", "Sign", "Tree", "Dog", "Cat", "Lamp", "House", "Bench"]
# A picture of noise and circles: costs as much to draw as a photograph.
_PICTURE = """async ([width, height]) => {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  for (let at = 0; at < 4000; at += 1) {
    context.fillStyle = `hsl(${(at * 47) % 360} 50% ${20 + (at % 60)}%)`;
    context.beginPath();
    context.arc((at * 7919) % width, (at * 104729) % height, 20 + (at % 170), 0, 7);
    context.fill();
  }
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg" })).arrayBuffer());
  let text = "";
  const n = 30000;
  for (let at = 0; at < bytes.length; at += n) text += String.fromCharCode(...bytes.subarray(at, at + n));
  return btoa(text);
}"""
_TOOL = "document.querySelector('crowd-form [labels]')"
_PLACE = f"""([x, y]) => {{
  const {{ stage }} = {_TOOL};
  const edge = stage.place.getBoundingClientRect();
  const at = stage.toScreen({{ x, y }});
  return [edge.left + stage.place.clientLeft + at.x, edge.top + stage.place.clientTop + at.y];
}}"""


def main() -> None:
    """Print a table: what was done, how many frames, milliseconds per frame."""
    parser = argparse.ArgumentParser(prog="bench.drawing", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--device-pixels", type=float, default=1)
    parser.add_argument("--keep", type=Path, help="write the last trace there")
    options = parser.parse_args()
    print(f"{'':28}{'frames':>8}{'average':>10}{'95 %':>8}{'worst':>8}   ms of the main thread per frame")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        for kind in ("bounding-box", "polygon"):
            page = browser.new_page(
                viewport={"width": 1280, "height": 800}, device_scale_factor=options.device_pixels
            )
            open_tool(page, kind)
            for name, act in interactions(kind).items():
                frames = measured(page, partial(act, page, options.rounds), options.keep)
                print(row(f"{kind}, {name}", frames), flush=True)
            page.close()
        browser.close()


def row(name: str, frames: list[float]) -> str:
    """Give a line of the table."""
    late = "" if mean(frames) < BUDGET_MS else "   over the target"
    high = quantiles(frames, n=20)[-1] if len(frames) > 1 else frames[0]
    return f"{name:28}{len(frames):8}{mean(frames):10.1f}{high:8.1f}{max(frames):8.1f}{late}"


# ---- What is done ------------------------------------------------------------------------------------


def interactions(kind: str) -> dict[str, Callable[[Page, int], None]]:
    """What somebody does, by name."""
    return {
        "aiming": lambda page, rounds: circle(page, rounds, pressed=False),
        "drawing": _draw if kind == "bounding-box" else _draw_points,
        "dragging a vertex": _drag_vertex,
        "zooming": zoom,
        "panning": lambda page, rounds: circle(page, rounds, button="middle"),
    }


def circle(page: Page, rounds: int, *, pressed: bool = True, button: Any = "left") -> None:
    """Move the pointer along an eight."""
    page.mouse.move(640, 400)
    if pressed:
        page.mouse.down(button=button)
    for at in range(60 * rounds):
        turn = at * math.tau / 60
        page.mouse.move(640 + 150 * math.sin(turn), 400 + 120 * math.sin(2 * turn))
    if pressed:
        page.mouse.up(button=button)


def _draw(page: Page, rounds: int) -> None:
    page.keyboard.down("Shift")  # also where something is
    circle(page, rounds)
    page.keyboard.up("Shift")
    page.keyboard.press("Control+z")


def _draw_points(page: Page, rounds: int) -> None:
    page.keyboard.down("Shift")
    for at in range(6 * rounds):
        page.mouse.click(400 + 40 * (at % 6), 300 + 30 * (at % 5))
        for step in range(8):
            page.mouse.move(500 + 9 * step, 350 + 7 * step)
    page.keyboard.up("Shift")
    page.keyboard.press("Escape")


def _drag_vertex(page: Page, rounds: int) -> None:
    page.evaluate(f"{_TOOL}.select({_TOOL}.shapes[100].id)")
    at = page.evaluate(f"(({{ x, y }}) => [x, y])({_TOOL}.shapes[100].points[0])")
    x, y = page.evaluate(_PLACE, at)
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(60 * rounds):
        page.mouse.move(x + 80 * math.sin(step / 9), y + 60 * math.sin(step / 7))
    page.mouse.up()
    page.keyboard.press("Control+z")
    page.keyboard.press("Escape")


def zoom(page: Page, rounds: int) -> None:
    """Turn the wheel to and fro."""
    page.mouse.move(640, 400)
    for at in range(60 * rounds):
        page.mouse.wheel(0, -60 if at % 30 < 15 else 60)


# ---- Where it is done --------------------------------------------------------------------------------


def picture_of(page: Page) -> bytes:
    """Give a JPEG that costs as much to draw as a photograph."""
    return base64.b64decode(page.evaluate(_PICTURE, [WIDTH, HEIGHT]))


def open_tool(page: Page, kind: str) -> None:
    """Open a task with the picture and its shapes."""
    picture = picture_of(page)
    html = (
        "<!doctype html><meta charset=utf-8><script src=/crowd-html-elements.js></script>"
        f'<crowd-form><crowd-{kind} name=a header="What is there?" src=/picture.jpeg '
        f"labels='{json.dumps(LABELS)}' initial-value='{json.dumps(list(shapes(kind)))}'>"
        f"<short-instructions>Draw.</short-instructions></crowd-{kind}></crowd-form>"
    )

    def answer(route: Route) -> None:
        if route.request.url.endswith(".jpeg"):
            route.fulfill(content_type="image/jpeg", body=picture)
        elif route.request.url.endswith(".js"):
            route.fulfill(content_type="text/javascript", body=bundle())
        else:
            route.fulfill(content_type="text/html", body=html)

    page.route("**/*", answer)
    page.goto(f"{ORIGIN}/task")
    page.wait_for_function(f"{_TOOL}.stage.isOpen && {_TOOL}.shapes.length === {SHAPES}")


def shapes(kind: str) -> Iterator[dict[str, Any]]:
    """Give shapes all over the picture, always the same."""
    chance = random.Random(6)
    for at in range(SHAPES):
        x, y, size = chance.randrange(3600), chance.randrange(2600), chance.randrange(40, 400)
        label = LABELS[at % len(LABELS)]
        if kind == "bounding-box":
            yield {"label": label, "left": x, "top": y, "width": size, "height": size * 2 // 3}
        else:
            turns = [turn * math.tau / 16 for turn in range(16)]
            around = [(x + size * (1 + math.cos(t)) / 2, y + size * (1 + math.sin(t)) / 2) for t in turns]
            yield {"label": label, "vertices": [{"x": round(a), "y": round(b)} for a, b in around]}


# ---- How it is measured ------------------------------------------------------------------------------


def measured(page: Page, act: Callable[[], None], keep: Path | None) -> list[float]:
    """Give the milliseconds that the main thread was busy for each frame while this is done."""
    page.evaluate(f"{_TOOL}.stage.fit()")
    act()  # once before, so that nothing is made for the first time
    page.evaluate(f"{_TOOL}.stage.fit()")
    session = page.context.new_cdp_session(page)
    events = _traced(session, page, act)
    session.detach()
    if keep:
        keep.write_text(json.dumps({"traceEvents": events}))
    return list(frames_of(events))


def _traced(session: CDPSession, page: Page, act: Callable[[], None]) -> list[Any]:
    events: list[Any] = []
    done: list[bool] = []
    session.on("Tracing.dataCollected", lambda given: events.extend(given["value"]))
    session.on("Tracing.tracingComplete", lambda _: done.append(True))
    session.send("Tracing.start", {"categories": CATEGORIES, "transferMode": "ReportEvents"})
    act()
    page.evaluate(
        "() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))"
    )
    session.send("Tracing.end")
    while not done:
        page.wait_for_timeout(50)
    return events


def frames_of(events: list[Any]) -> Iterator[float]:
    """Cut the work of the page's main thread at its animation frames; milliseconds of each."""
    fired = [event for event in events if event["name"] == "FireAnimationFrame"]
    if not fired:
        return
    where = (fired[0]["pid"], fired[0]["tid"])
    tasks = sorted(
        (event["ts"], event.get("tdur", event.get("dur", 0)))  # not what others' work on this machine took
        for event in events
        if event["name"] == "RunTask" and event["ph"] == "X" and (event["pid"], event["tid"]) == where
    )
    ends = sorted(event["ts"] + event.get("dur", 0) for event in fired)
    busy = [0.0] * (len(ends) + 1)
    frame = 0
    for start, lasting in tasks:
        while frame < len(ends) and start > ends[frame]:
            frame += 1
        busy[frame] += lasting / 1000
    yield from busy[: len(ends)]


if __name__ == "__main__":
    main()
