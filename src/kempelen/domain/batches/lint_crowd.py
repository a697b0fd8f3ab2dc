"""Lint about Crowd HTML Elements: which there are, where they may stand, and what sends no answer.

What is told comes from what the elements say of themselves (`crowd.definitions`).  Scripts of the template's
own may make elements, name them and define others; where there are any, nothing of that is an error.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from itertools import islice, pairwise

from kempelen.domain.batches import lint_crowd_attributes
from kempelen.domain.batches.crowd_markup import FORMS, Node, has_own_scripts, known_names, nodes_of
from kempelen.domain.batches.lint_page import Finding, Level, Page
from kempelen.domain.batches.wording import shown

_MOST_OF_A_KIND = 100
_FIELDS = ("input", "select", "textarea")
_OTHER_BRANCH = re.compile(r"\{%-?\s*(?:else|elsif|when)\b")


def crowd(page: Page) -> Iterator[Finding]:
    """All that is to be said about the template's crowd elements."""
    nodes = nodes_of(page)
    if not nodes:
        return
    level: Level = "warning" if has_own_scripts(page) else "error"
    for found in (
        _unknown(nodes, level),
        _not_closed(nodes, page, level),
        lint_crowd_attributes.attributes(nodes, page.lines, page.html, level),
        _forms_in_forms(nodes),
        _several_forms(nodes, page.html),
        _radio_buttons(nodes),
        _nothing_to_answer(nodes, page),
    ):
        yield from islice(found, _MOST_OF_A_KIND)


def _unknown(nodes: list[Node], level: Level) -> Iterator[Finding]:
    known = known_names()
    first = {node.name: node.element.line for node in reversed(nodes) if node.name not in known}
    for name, line in sorted(first.items(), key=lambda item: item[1]):
        if like := _like(name, known):
            yield Finding(level, line, f"<{shown(name)}> is no Crowd HTML Element; did you mean <{like}>?")
        else:
            message = f"<{shown(name)}> is no Crowd HTML Element; it does nothing and has no answer"
            yield Finding("warning", line, message)


def _like(name: str, known: Collection[str]) -> str:
    """The element that was probably meant; compared without what all names have."""
    ends = [one.removeprefix("crowd-") for one in known]
    close = get_close_matches(name.removeprefix("crowd-"), ends, 1, 0.75) if len(name) < 60 else []
    return f"crowd-{close[0]}" if close else ""


def _not_closed(nodes: list[Node], page: Page, level: Level) -> Iterator[Finding]:
    """No crowd tag closes itself in HTML: what follows becomes its content, which some do not show."""
    for node in nodes:
        if node.is_closed or not node.definition:
            continue
        is_slashed = page.html.endswith("/>", node.element.tag.start, node.element.tag.end)
        told = (
            f"<{node.name} /> is not closed by its slash" if is_slashed else f"<{node.name}> is never closed"
        )
        remedy = f"write </{node.name}> after it"
        following = node.following
        if following is None:
            yield Finding("info", node.element.line, f"{told}; {remedy}")
        elif node.definition["slots"]:
            message = f"{told}: what follows it counts as its content; {remedy}"
            yield Finding("warning", node.element.line, message)
        else:
            message = f"{told}: what follows it, from <{shown(following.name)}> on, is not shown; {remedy}"
            yield Finding(level, node.element.line, message)


def _forms_in_forms(nodes: list[Node]) -> Iterator[Finding]:
    for node in nodes:
        if node.name in FORMS and node.form:
            if node.name == "crowd-form":
                told = f"<crowd-form> within the <{node.form.name}> of line {node.form.element.line}"
                yield Finding("warning", node.element.line, f"{told}; take one of both away")
            else:
                told = f"<{node.name}> brings its own form and submit button; take the <crowd-form> away that"
                yield Finding("warning", node.element.line, f"{told} is around it")


def _several_forms(nodes: list[Node], source: str) -> Iterator[Finding]:
    """An assignment is submitted once: what stands in another form is not sent."""
    forms = [node.element for node in nodes if node.name in FORMS and node.form is None]
    for one, other in pairwise(forms):
        if _OTHER_BRANCH.search(source, one.tag.end, other.tag.start):
            continue
        message = f"<{other.name}> is a form beside that of line {one.line}; only one of them is submitted"
        yield Finding("warning", other.line, f"{message}, so put all into one")


def _radio_buttons(nodes: list[Node]) -> Iterator[Finding]:
    """The answer is keyed by each button's name and value."""
    choices: defaultdict[tuple[int, str, str], list[Node]] = defaultdict(list)
    for node in nodes:
        attributes = node.element.attributes
        if node.name == "crowd-radio-button" and node.group and attributes.get("name"):
            value = attributes.get("value") or "on"
            choices[id(node.group), attributes["name"], value].append(node)
    for (_, name, value), alike in choices.items():
        if len(alike) > 1:
            message = (
                f'this <crowd-radio-button> answers "{shown(name)}": "{shown(value)}" as the one of line '
                f"{alike[0].element.line} does; give each button of a group its own name or value"
            )
            yield Finding("warning", alike[1].element.line, message)


def _nothing_to_answer(nodes: list[Node], page: Page) -> Iterator[Finding]:
    if has_own_scripts(page):
        return
    has_answer = any(_has_answer(node) for node in nodes)
    has_fields = any(field.attributes.get("name") for field in page.named(*_FIELDS))
    if not has_answer and not has_fields:
        yield Finding("error", 1, "there is nothing to answer: no element or field with an answer has a name")


def _has_answer(node: Node) -> bool:
    """Some elements have one without a name; of those that are not known here nobody knows."""
    if not node.definition or node.name == "crowd-form":
        return not node.definition
    needs_name = "default" not in node.definition["attributes"].get("name", {"default": ""})
    is_sent = not needs_name or bool(node.element.attributes.get("name")) or node.is_dynamic
    return is_sent and not node.definition["answer"].startswith("none")
