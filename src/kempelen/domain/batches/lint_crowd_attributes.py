"""Lint about the attributes of Crowd HTML Elements: misspelt, missing, and values that cannot be read."""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any

from kempelen.crowd.loose_lists import NotAList, parse_loosely
from kempelen.domain.batches.crowd_markup import Node, dynamic
from kempelen.domain.batches.lint_page import Finding, Level
from kempelen.domain.batches.markup import Lines
from kempelen.domain.batches.wording import shown

# What any element of HTML may have; also those that start so.
_EVERYWHERE = frozenset(
    re.findall(
        r"\w+",
        "accesskey autocapitalize autofocus class contenteditable dir draggable enterkeyhint"
        " exportparts hidden id inert inputmode is itemid itemprop itemref itemscope itemtype lang nonce part"
        " popover role slot spellcheck style tabindex title translate",
    )
)
_STARTS = ("aria-", "data-", "on", "v-", "x-", "ng-", "hx-")
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_NUMBER = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*", re.IGNORECASE | re.ASCII)
# Authors write it, though it has no effect.
_IDLE = {("crowd-radio-group", "name"): "each of its buttons has its own"}
_LISTS = ("categories", "labels", "label-colors")
_EXAMPLES = {
    "exclusion-category": "{ text: 'None of these' }",
    "initial-value": "[{ label: 'Cat', … }]",
    "overlay": "{ boundingBox: { labels: ['Cat'], value: [{ label: 'Cat', … }] } }",
}


def attributes(nodes: list[Node], in_lines: Lines, source: str, level: Level) -> Iterator[Finding]:
    """What is wrong with attributes; `level` is that of what keeps an element from working."""
    for node in nodes:
        if not node.definition:
            continue
        places = {name: (start, end) for name, start, end in node.element.tag.attribute_places()}
        lines = {name: in_lines.line_of(start) for name, (start, _) in places.items()}
        if not node.is_dynamic:
            yield from _unknown(node, lines)
            yield from _missing(node, level)
        for name, about in node.definition["attributes"].items():
            if name in places and not dynamic(source[slice(*places[name])]):
                value = html.unescape(node.element.attributes.get(name, ""))
                yield from _CHECKS.get(about["type"], _check_value)(node, name, value, lines[name], level)


def _unknown(node: Node, lines: dict[str, int]) -> Iterator[Finding]:
    known = node.definition["attributes"]
    for name, line in lines.items():
        is_known = name in known or name in _EVERYWHERE or name.startswith(_STARTS)
        if is_known or not _PLAIN_NAME.fullmatch(name):
            continue
        if idle := _IDLE.get((node.name, name)):
            yield Finding("info", line, f"<{node.name}> needs no {name}: {idle}")
        elif close := get_close_matches(name, known, 1, 0.8) if len(name) < 40 else []:
            yield Finding("warning", line, f"<{node.name}> has no {name}; did you mean {close[0]}?")
        else:
            yield Finding("info", line, f"<{node.name}> has no {shown(name)}; it does nothing there")


def _missing(node: Node, level: Level) -> Iterator[Finding]:
    line, given = node.element.line, node.element.attributes
    for name, about in node.definition["attributes"].items():
        if name == "name":
            is_sent = node.definition["answer"] != "none" and "disabled" not in given
            if is_sent and not given.get("name") and "default" not in about:
                yield Finding("warning", line, f"<{node.name}> has no name; its answer is not sent")
        elif about.get("required") and not given.get(name, "" if name != "header" else None):
            if name == "header" and name in given:
                continue
            yield Finding(
                "warning" if name == "header" else level,
                line,
                f"<{node.name}> has no {name}: {_need(about['about'])}",
            )


def _need(about: str) -> str:
    return about[0].lower() + about[1:].removesuffix(".")


def _check_list(node: Node, name: str, value: str, line: int, level: Level) -> Iterator[Finding]:
    """A value that our elements' own reader refuses, or that is of another shape than it should be."""
    if not value.strip():
        return
    example = _EXAMPLES.get(name, "['Cat', 'Dog']")
    try:
        made = parse_loosely(value)
    except NotAList as error:
        message = f"{name} of <{node.name}> cannot be read: {error}; write it as {example}"
        yield Finding(level, line, message)
        return
    if name in _LISTS:
        yield from _check_texts(node, name, made, line)
    elif not isinstance(made, list | dict) or (name == "overlay" and isinstance(made, list)):
        yield Finding("warning", line, f"{name} of <{node.name}> holds nothing of use; write it as {example}")


def _check_texts(node: Node, name: str, made: Any, line: int) -> Iterator[Finding]:
    told = f"{name} of <{node.name}>"
    if not isinstance(made, list):
        yield Finding("warning", line, f"{told} is no list and counts as one; write it as ['Cat', 'Dog']")
        return
    texts = [str(item.get("label") if isinstance(item, dict) else item) for item in made]
    doubled = [text for text, count in Counter(texts).items() if count > 1]
    if doubled and name != "label-colors":
        yield Finding("warning", line, f'{told} names "{shown(doubled[0])}" twice')
    most = node.definition["attributes"][name].get("most")
    if most and len(texts) > most:
        message = f"{told} has {len(texts)} where Amazon's elements take {most}; all work here"
        yield Finding("info", line, message)


def _check_number(node: Node, name: str, value: str, line: int, level: Level) -> Iterator[Finding]:
    if value and not _NUMBER.fullmatch(value):
        yield Finding("warning", line, f'{name} of <{node.name}> is no number: "{shown(value)}"')


def _check_switch(node: Node, name: str, value: str, line: int, level: Level) -> Iterator[Finding]:
    if value.strip().lower() in ("false", "no", "off", "0"):
        message = f'{name}="{shown(value)}" of <{node.name}> switches it on all the same; leave {name} away'
        yield Finding("warning", line, message)


def _check_value(node: Node, name: str, value: str, line: int, level: Level) -> Iterator[Finding]:
    values = node.definition["attributes"][name].get("values")
    if values and value and value.strip().lower() not in values:
        listed = ", ".join(values)
        yield Finding(
            "warning", line, f'{name} of <{node.name}> cannot be "{shown(value)}"; it may be {listed}'
        )


_CHECKS: dict[str, Callable[[Node, str, str, int, Level], Iterator[Finding]]] = {
    "list": _check_list,
    "object": _check_list,
    "number": _check_number,
    "boolean": _check_switch,
}
