"""Reading a task out of a browser: its page as scripts have made it by now."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kempelen.rehearsal.filling.reading import HAS_SCRIPTS, Size, read
from kempelen.rehearsal.filling.tasks import Task

if TYPE_CHECKING:
    from playwright.sync_api import Frame, FrameLocator, Locator, Page

    Scope = Page | Frame | FrameLocator
else:
    Scope = Any

_PAGE = "(root) => [root.outerHTML, location.href]"
# How large a picture is, asked of the browser; 0 of what is no picture, or does not come.
_SIZE = """(_, address) => new Promise((resolve) => {
  setTimeout(resolve, 30000, [0, 0]);
  const picture = new Image();
  picture.onload = () => resolve([picture.naturalWidth, picture.naturalHeight]);
  picture.onerror = () => resolve([0, 0]);
  picture.src = address;
})"""


def read_in_browser(scope: Scope, *, identifiers: Sequence[str] = ()) -> Task:
    """Read the task that a page or a frame shows, with whatever its scripts have made."""
    root = root_of(scope)
    html, url = root.evaluate(_PAGE)

    def size_of(address: str) -> Size | None:
        width, height = root.evaluate(_SIZE, address)
        return (int(width), int(height)) if width and height else None

    task = read(html, url, size_of=size_of, identifiers=identifiers)
    return replace(task, notes=tuple(note for note in task.notes if note != HAS_SCRIPTS))


def root_of(scope: Scope) -> "Locator":
    """Give the page's outermost element."""
    return scope.locator("html")


def css(text: str) -> str:
    """Write a text as CSS has it in a selector."""
    escaped = "".join(sign if sign.isalnum() else f"\\{ord(sign):x} " for sign in text)
    return f'"{escaped}"'
