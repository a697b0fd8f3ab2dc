"""The builder's fields as a form sends them: `parts-0-choices-1-text` and the like."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.http import QueryDict

from kempelen.domain.questions.building import changing, scoring, trees
from kempelen.domain.questions.building.parts import (
    ANSWERS,
    BLOCKS,
    KEPT,
    MAPPINGS,
    MOST_PARTS,
    Block,
    Choice,
    Combination,
    Draft,
    Mapping,
    Part,
    Span,
)

_ROOTS = ("parts", "mapping", "draft")
_DEEPEST = 6
_DIGITS = 4
_MOST_ROWS = 2_000
_PARTS = ("question", "overview", KEPT)
_LINES = (
    *("identifier", "name", "answer", "lowest", "highest", "default_points", "minimum", "maximum"),
    *("shortest", "longest", "regex", "error_text", "default", "lines", "largest", "smallest", "xml"),
)


@dataclass
class _Node:
    """What was sent below a name: texts, and rows by their numbers."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    below: dict[str, "_Node"] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.texts.get(name, [""])[-1]

    def has(self, name: str) -> bool:
        return bool(self.text(name))

    def rows(self, name: str, most: int = _MOST_ROWS) -> "Iterator[_Node]":
        found = self.below.get(name, _Node()).below
        numbers = [number for number in found if number.isdecimal() and number.isascii()]
        for number in sorted(numbers, key=int)[:most]:
            yield found[number]


def read(sent: QueryDict) -> Draft:
    """Give what the fields say; what is no field of the builder is passed over."""
    root = _tree(sent)
    parts = [_part(node) for node in root.rows("parts", MOST_PARTS)]
    mapping, draft = root.below.get("mapping", _Node()), root.below.get("draft", _Node())
    kind = mapping.text("kind")
    return Draft(
        tuple(part for part in parts if part.kind in _PARTS),
        Mapping(
            kind if kind in MAPPINGS else "",
            maximum=mapping.text("maximum"),
            multiplier=mapping.text("multiplier"),
            spans=tuple(
                Span(span.text("lowest"), span.text("highest"), span.text("value"))
                for span in mapping.rows("spans")
            ),
            otherwise=mapping.text("otherwise"),
        ),
        frame=draft.text("frame"),
        key_xml=draft.text("key_xml"),
    )


def _tree(sent: QueryDict) -> _Node:
    root = _Node()
    for name in sent:
        path = name.split("-")
        if path[0] not in _ROOTS or not 1 < len(path) <= _DEEPEST:
            continue
        node = root
        for step in path[:-1]:
            if step.isdecimal() and len(step) > _DIGITS:
                break
            node = node.below.setdefault(step, _Node())
        else:
            node.texts[path[-1]] = [_one_line_end(str(value)) for value in sent.getlist(name)]
    return root


def _part(node: _Node) -> Part:
    texts = {name: node.text(name) for name in _LINES}
    choices = tuple(_choice(row) for row in node.rows("choices"))
    kind, answer = node.text("kind"), texts.pop("answer")
    if kind == "question" and answer not in ANSWERS:
        answer = "text"
    part = Part(
        kind,
        tuple(_block(row) for row in node.rows("content")),
        answer=answer,
        is_required=node.has("is_required"),
        has_other=node.has("has_other"),
        ignores_case=node.has("ignores_case"),
        choices=choices,
        combinations=tuple(_combination(row, choices) for row in node.rows("combinations")),
        **texts,
    )
    return scoring.settled(changing.became(part, node.text("was")))


def _block(node: _Node) -> Block:
    kind = node.text("kind")
    return Block(
        kind if kind in BLOCKS else "text",
        node.text("text"),
        node.text("url"),
        node.text("subtype"),
        node.text("xml"),
    )


def _choice(node: _Node) -> Choice:
    return Choice(node.text("identifier"), _block(node), node.text("points"))


def _combination(node: _Node, choices: tuple[Choice, ...]) -> Combination:
    """Read what has to be chosen by its place: identifiers may be changed at the same time."""
    places = {str(place): choice.identifier for place, choice in enumerate(choices)}
    chosen = node.texts.get("selections", [])
    return Combination(tuple(places[place] for place in places if place in chosen), node.text("points"))


def _one_line_end(text: str) -> str:
    return trees.clean(text.replace("\r\n", "\n").replace("\r", "\n"))
