"""Lint about what is answered: fields, their names and their values.

Scripts may add fields and names while the page runs; a page with scripts is never refused for lacking
them.
"""

from collections import defaultdict
from collections.abc import Iterator

from kempelen.domain.answers import RESERVED
from kempelen.domain.batches.lint_page import Element, Finding, Level, Page
from kempelen.domain.batches.wording import shown

_CONTROLS = ("input", "select", "textarea", "button")
_BUTTON_TYPES = frozenset({"submit", "image", "button", "reset"})


def something_to_answer(page: Page) -> Iterator[Finding]:
    """A page without scripts needs a field with a name."""
    if page.has_script:
        return
    fields = [control for control in page.named(*_CONTROLS) if _is_field(control)]
    if not fields:
        yield Finding("error", 1, "there is nothing to answer: the page has no input, select or textarea")
    elif not any(_name(field) and _name(field) not in RESERVED for field in fields):
        yield Finding("error", fields[0].line, "no field has a name, so that no answer would be sent")


def nameless_fields(page: Page) -> Iterator[Finding]:
    """Browsers do not send fields without a name."""
    for field in page.named(*_CONTROLS):
        if _is_field(field) and not _name(field):
            yield Finding("warning", field.line, f"<{field.name}> has no name; its answer is not sent")


def reserved_names(page: Page) -> Iterator[Finding]:
    """Fields of MTurk's own contract are taken out of answers; hidden ones are the usual habit."""
    for field in page.named(*_CONTROLS):
        if _name(field) in RESERVED:
            level: Level = "info" if field.type == "hidden" else "warning"
            message = f'the field name "{_name(field)}" is reserved; it is not kept among the answers'
            yield Finding(level, field.line, message)


def choices_without_value(page: Page) -> Iterator[Finding]:
    """Radio buttons and checkboxes of one name that would all answer `on`."""
    groups: defaultdict[tuple[str, str], list[Element]] = defaultdict(list)
    for field in page.named("input"):
        if field.type in ("radio", "checkbox") and _name(field):
            groups[field.type, _name(field)].append(field)
    for (_, name), choices in groups.items():
        without = [choice for choice in choices if "value" not in choice.attributes]
        if len(choices) > 1 and without:
            message = (
                f'a choice of "{shown(name)}" has no value and answers "on"; give each choice its own value'
            )
            yield Finding("warning", without[0].line, message)


def _is_field(control: Element) -> bool:
    """Whether a control carries an answer; buttons do if they have a name."""
    is_button = control.name == "button" or (control.name == "input" and control.type in _BUTTON_TYPES)
    return not is_button or (bool(_name(control)) and control.type in ("submit", "image"))


def _name(field: Element) -> str:
    return field.attributes.get("name", "")


RULES = (something_to_answer, nameless_fields, reserved_names, choices_without_value)
