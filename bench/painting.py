"""How long a frame takes while somebody paints a mask: on a picture of 4,000 by 3,000 pixels.

    python -m bench.painting [--rounds 3] [--device-pixels 2] [--keep trace.json]

Measured as `bench.drawing` measures, on a mask of which half is painted; and how long an answer takes that
is asked for after a stroke, and how large it is.
"""

import argparse
import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from playwright.sync_api import Page, Route, sync_playwright

from bench.drawing import LABELS, ORIGIN, circle, measured, picture_of, row, zoom
from kempelen.crowd.bundle import bundle

_TOOL = "document.querySelector('crowd-form [labels]')"
_SCENE = f"""() => {{
  const tool = {_TOOL};
  let seed = 7;
  const any = (most) => (seed = (seed * 48271) % 2147483647) % most;
  for (let at = 0; at < 120; at += 1) {{
    if (tool.known.length > at % 10) tool.chooseLabel(tool.known[at % 10]);
    const [x, y, size] = [any(3600), any(2600), 60 + any(400)];
    const turns = Array.from({{ length: 40 }}, (_, i) => (i * 2 * Math.PI) / 40);
    const corner = (t) => ({{ x: x + size * Math.cos(t) + any(30), y: y + size * Math.sin(t) + any(30) }});
    tool.fillPolygon(turns.map(corner));
  }}
}}"""
_ANSWER = f"""() => {{
  const tool = {_TOOL};
  const begun = performance.now();
  const answer = tool.answer();
  return [performance.now() - begun, JSON.stringify(answer).length];
}}"""
_STROKE = f"""() => {{
  const tool = {_TOOL};
  tool.mask.begin();
  tool.mask.stroke({{ x: 900, y: 700 }}, {{ x: 1500, y: 1300 }}, 90, 1);
  tool.mask.end();
}}"""


def main() -> None:
    """Print a table: what was done, how many frames, milliseconds per frame."""
    parser = argparse.ArgumentParser(prog="bench.painting", description=__doc__.split("\n", 1)[0])
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
        for kind in ("semantic", "instance"):
            page = browser.new_page(
                viewport={"width": 1280, "height": 800}, device_scale_factor=options.device_pixels
            )
            open_tool(page, f"{kind}-segmentation")
            for name, act in interactions().items():
                frames = measured(page, partial(act, page, options.rounds), options.keep)
                print(row(f"{kind}, {name}", frames), flush=True)
            page.evaluate(_STROKE)
            took, size = page.evaluate(_ANSWER)
            print(f"{kind}, answer after a stroke: {took:.1f} ms, {size / 1000:.0f} KB", flush=True)
            page.close()
        browser.close()


def interactions() -> dict[str, Callable[[Page, int], None]]:
    """What somebody does, by name."""
    return {
        "aiming": lambda page, rounds: circle(page, rounds, pressed=False),
        "brush of 90": partial(_paint, key="b"),
        "brush of 450": partial(_paint, key="b", larger=4),
        "eraser": partial(_paint, key="e"),
        "zooming": zoom,
        "panning": lambda page, rounds: circle(page, rounds, button="middle"),
    }


def _paint(page: Page, rounds: int, *, key: str, larger: int = 0) -> None:
    for sign in [key, *["]"] * larger]:
        page.keyboard.press(sign)
    circle(page, rounds)
    for sign in ["Control+z", *["["] * larger, "b"]:
        page.keyboard.press(sign)


def open_tool(page: Page, kind: str) -> None:
    """Open a task with the picture and a mask."""
    picture = picture_of(page)
    html = (
        "<!doctype html><meta charset=utf-8><script src=/crowd-html-elements.js></script>"
        f'<crowd-form><crowd-{kind} name=a header="What is there?" src=/picture.jpeg '
        f"labels='{json.dumps(LABELS)}'>"
        f"<short-instructions>Paint.</short-instructions></crowd-{kind}></crowd-form>"
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
    page.wait_for_function(f"{_TOOL}.stage.isOpen && {_TOOL}.mask !== null")
    page.evaluate(_SCENE)


if __name__ == "__main__":
    main()
