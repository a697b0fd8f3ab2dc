"""QuestionForms as our page shows them: what a question takes stands beside its fields as `data-`.

The counterpart of `domain.questions.form_controls`, which writes the page, and of `form_checks`, which checks
what is sent.  The page names questions by their numbers; who knows the document gives their identifiers.
"""

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kempelen.domain.questions import form_fields
from kempelen.rehearsal.filling import dates
from kempelen.rehearsal.filling.controls import Choice, Control, Pattern
from kempelen.rehearsal.filling.elements import Element, Page
from kempelen.rehearsal.filling.native import Fields

_FIELD = re.compile(r"Answer_(?P<number>[0-9]{1,6})(?:_(?P<kind>FreeText|OtherSelection|FileUpload))?")
_SELECTION = "Selection_"


def is_one(page: Page) -> bool:
    """Tell whether a page shows a QuestionForm."""
    return any(
        one.get("name") == form_fields.MARKER and one.type == "hidden" for one in page.named("input")
    ) and any("question-form" in one.get("class").split() for one in page.named("div"))


def understand(page: Page, fields: Fields, identifiers: Sequence[str]) -> None:
    """Make questions of a form's fields: their names, what they take, the field beside an other choice."""
    made: list[Control] = []
    places: dict[int, int] = {}
    of_choices: dict[str, int] = {}
    for place, (control, element) in enumerate(zip(fields.controls, fields.sources, strict=True)):
        match = _FIELD.fullmatch(control.name)
        if match and match["kind"] == "OtherSelection" and match["number"] in of_choices:
            at = places[place] = of_choices[match["number"]]
            other = _text(control, element, {})
            made[at] = replace(
                made[at], other=other, initial=replace(made[at].initial, text=control.initial.text)
            )
            continue
        places[place] = len(made)
        if match and match["kind"] is None:
            of_choices[match["number"]] = len(made)
        made.append(_question(page, control, element, identifiers) if match else control)
    fields.controls = made
    fields.parts = [
        replace(part, place=places[part.place]) if part.place >= 0 else part for part in fields.parts
    ]


def _question(page: Page, control: Control, element: Element, identifiers: Sequence[str]) -> Control:
    match = _FIELD.fullmatch(control.name)
    assert match
    number = int(match["number"])
    around = next((one for one in element.around() if one.has("data-asks")), None)
    asked = around.attributes if around is not None else {}
    named = page.ids.get(f"question-{number}-name")
    heading = page.text_in(named) if named is not None else ""
    content = page.ids.get(f"question-{number}-content")
    known = identifiers[number - 1] if 0 < number <= len(identifiers) else ""
    words = page.text_in(content) if content is not None else ""
    control = replace(
        control,
        name=known or control.name,
        label=" ".join(filter(None, (heading, words))),
        aliases=tuple(dict.fromkeys(filter(None, (control.name, f"Answer_{number}", heading, words)))),
        is_required="data-required" in asked,
    )
    if match["kind"] == "FreeText":
        return _text(control, element, asked)
    if match["kind"] == "FileUpload":
        smallest, largest = (_whole(element.get(f"data-{name}")) for name in ("smallest", "largest"))
        return replace(control, shortest=smallest, longest=largest)
    return _choices(control, asked)


def _text(control: Control, element: Element, asked: dict[str, str]) -> Control:
    return replace(
        control,
        is_required="data-required" in asked,
        is_numeric=element.has("data-numeric"),
        lowest=dates.float_of(element.get("data-lowest")),
        highest=dates.float_of(element.get("data-highest")),
        shortest=_whole(element.get("data-shortest")),
        longest=_whole(element.get("data-longest")),
        patterns=tuple(_patterns(element.get("data-patterns"))),
        settings={"counts_empty": True},
    )


def _patterns(text: str) -> list[Pattern]:
    try:
        found: Any = json.loads(text) if text else []
    except ValueError:
        return []
    return [Pattern(str(regex), "i" in str(flags)) for regex, _, flags in found]


def _choices(control: Control, asked: dict[str, str]) -> Control:
    """Name choices by their identifiers; the first of a drop-down list, which has none, is no choice."""
    choices = tuple(_choice(one) for one in control.choices)
    most = _whole(asked.get("data-most", ""))
    kind = "choices" if control.kind == "tick" else control.kind
    none = {"none": 0} if choices and not choices[0].value else {}
    return replace(
        control,
        kind=kind,
        choices=choices,
        fewest=_whole(asked.get("data-least", "")) or 0,
        most=most,
        settings=none,
    )


def _choice(choice: Choice) -> Choice:
    if not choice.value.startswith(_SELECTION):
        return choice
    try:
        identifier = urlsafe_b64decode(choice.value.removeprefix(_SELECTION)).decode()
    except ValueError:
        return choice
    return Choice(identifier, choice.label)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
