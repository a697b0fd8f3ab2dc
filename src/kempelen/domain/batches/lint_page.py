"""A template as the lint's rules look at it: its elements with their lines and attributes."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from kempelen.domain.batches.markup import Lines, Tag, tags
from kempelen.domain.batches.templates import CompiledTemplate, compile_template

Level = Literal["error", "warning", "info"]


class Finding(NamedTuple):
    """Something about a template that its author should know; only errors keep it from being published."""

    level: Level
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Element:
    """A start tag, with its attributes' values as written."""

    name: str
    line: int
    attributes: dict[str, str]
    tag: Tag

    @property
    def type(self) -> str:
        """An input's or button's type as a browser takes it."""
        default = {"input": "text", "button": "submit"}.get(self.name, "")
        return self.attributes.get("type", "").strip().lower() or default


class Page:
    """One reading of a template for all rules.

    `markup` is the HTML to look for tags in, where another language's marks stand in the template's own.
    """

    def __init__(self, html: str, markup: str | None = None) -> None:
        markup = html if markup is None else markup
        self.html = html
        self.tags = list(tags(markup))
        self.lines = Lines(html)
        self.template: CompiledTemplate = compile_template(markup)
        self.elements = [
            Element(tag.name, self.line_of(tag), tag.attributes(), tag)
            for tag in self.tags
            if not tag.is_end and tag.name != "!--"
        ]
        self.has_script = any(
            element.name == "script" or any(name.startswith("on") for name in element.attributes)
            for element in self.elements
        )

    def line_of(self, tag: Tag) -> int:
        """The line where a tag begins."""
        return self.lines.line_of(tag.start)

    def named(self, *names: str) -> list[Element]:
        """The elements with one of these names."""
        return [element for element in self.elements if element.name in names]
