"""The crowd elements of a template as its lint looks at them: which stands in which, and which is closed."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kempelen.crowd.definitions import definitions
from kempelen.domain.batches.lint_page import Element, Page

# Bring a form of their own.
FORMS = frozenset({"crowd-form", "crowd-entity-annotation"})
_AMAZONS_SCRIPT = re.compile(
    r"^(?:https?:)?//(?:assets\.crowd\.aws/|[^?#]*/crowd-html-elements)", re.IGNORECASE
)


@dataclass(slots=True)
class Node:
    """A crowd element: the nearest form and radio group around it, and whether its own end tag ends it."""

    element: Element
    form: "Node | None" = None
    group: "Node | None" = None
    is_closed: bool = False
    following: "Element | None" = None  # a tag that begins within it if nothing closes it

    @property
    def name(self) -> str:
        return self.element.name

    @property
    def definition(self) -> dict[str, Any]:
        """What the element says of itself; empty for one that there is not."""
        return definitions().get(self.name, {})

    @property
    def is_dynamic(self) -> bool:
        """Whether a template language writes attributes, so that nobody knows which there will be."""
        return any(sign in name for name in self.element.attributes for sign in "{}$%")


def known_names() -> frozenset[str]:
    """Every Crowd HTML Element."""
    return frozenset(name for name in definitions() if name.startswith("crowd-"))


def has_own_scripts(page: Page) -> bool:
    """Whether scripts of the template's own may make elements and set attributes."""
    return any(
        (element.name == "script" and not _AMAZONS_SCRIPT.match(element.attributes.get("src", "").strip()))
        or any(name.startswith("on") for name in element.attributes)
        for element in page.elements
    )


def nodes_of(page: Page) -> list[Node]:
    """The crowd elements in their order, in linear time whatever the page."""
    nodes: list[Node] = []
    walk = _Walk()
    elements = iter(page.elements)
    for tag in page.tags:
        element = next(elements) if not tag.is_end and tag.name != "!--" else None
        walk.pass_by(element)
        if not tag.name.startswith("crowd-"):
            continue
        if element is None:
            walk.end(tag.name)
        else:
            nodes.append(walk.begin(element))
    return nodes


def dynamic(value: str) -> bool:
    """Whether a variable or a template language fills a value in, so that it cannot be read before that."""
    return "${" in value or "{{" in value or "{%" in value


class _Walk:
    def __init__(self) -> None:
        self.open: list[Node] = []
        self.counts: Counter[str] = Counter()
        self.last: Node | None = None

    def pass_by(self, element: Element | None) -> None:
        """What follows an element at once is within it, unless an end tag comes first."""
        if self.last and element:
            self.last.following = element
        self.last = None

    def begin(self, element: Element) -> Node:
        around = self.open[-1] if self.open else None
        node = Node(element)
        if around:
            node.form = around if around.name in FORMS else around.form
            node.group = around if around.name == "crowd-radio-group" else around.group
        self.open.append(node)
        self.counts[node.name] += 1
        self.last = node
        return node

    def end(self, name: str) -> None:
        if not self.counts[name]:
            return
        for node in self._closed_by(name):
            self.counts[node.name] -= 1
            node.is_closed = node.name == name

    def _closed_by(self, name: str) -> Iterator[Node]:
        while self.open:
            node = self.open.pop()
            yield node
            if node.name == name:
                return
