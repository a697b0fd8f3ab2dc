"""Lint of a template in Liquid, and of one that is probably meant to be."""

import re
from collections.abc import Iterator

from kempelen.domain.batches import liquid_templates
from kempelen.domain.batches.lint_page import Finding, Page
from kempelen.domain.batches.markup import Spans, contents
from kempelen.domain.batches.templates import compile_template
from kempelen.domain.batches.wording import shown

_MARK = re.compile(r"\{\{|\{%")


def liquid(html: str) -> Iterator[Finding]:
    """What keeps a template from being filled, and what it leaves as it is."""
    trouble = liquid_templates.look_through(html).trouble
    if trouble is not None:
        yield Finding("error", trouble.line or 1, f"this is no Liquid that can be filled: {trouble.message}")
    for use in compile_template(html).required[:1]:
        name = shown(use.name)
        message = f"${{{name}}} is not filled in by Liquid; write {{{{ task.input.{name} }}}}"
        yield Finding("warning", use.line, message)


def not_liquid(page: Page) -> Iterator[Finding]:
    """Liquid in a template that is not filled as such: most likely one of Ground Truth or A2I."""
    at = liquid_templates.sign_of_liquid(page.html)
    if at >= 0:
        message = (
            "this looks like Liquid, but there is ${…} too, and only that is filled in; use one of them"
            if page.template.required
            else "this looks like Liquid, as Ground Truth and A2I have it; choose that as its language"
        )
        yield Finding("warning", page.lines.line_of(at), message)
        return
    code = Spans(contents(page.html, "script", "style"))
    for match in _MARK.finditer(page.html):
        if not code.hold(match.start()):
            line = page.lines.line_of(match.start())
            yield Finding("info", line, f"{match[0]} is not filled in here; write variables as ${{name}}")
            return
