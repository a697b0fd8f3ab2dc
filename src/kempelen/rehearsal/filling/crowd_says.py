"""What Crowd HTML Elements say of what is in them (crowd-elements.md §5)."""

from collections.abc import Iterator
from typing import Any

from kempelen.rehearsal.filling.controls import Control, Entered
from kempelen.rehearsal.filling.crowd_answers import json_of
from kempelen.rehearsal.filling.crowd_attributes import name_in
from kempelen.rehearsal.filling.tools import TOOLS

MODERATION = "crowd-rekognition-detect-moderation-labels"


def says(control: Control, entered: Entered) -> Any:
    """Give an element's part of a crowd-form's answer; None leaves its name out."""
    if control.kind in TOOLS:
        return TOOLS[control.kind].says(control, entered.data)
    if control.kind == "number":
        return float(entered.text)
    labels = _labels(control, entered)
    if control.type == MODERATION:
        exclusion = control.settings["exclusion"]
        chosen = set(labels) - {exclusion}
        return {"ModerationLabels": [item for item in control.settings["items"] if name_in(item) in chosen]}
    if control.kind == "choices":
        return {"labels": labels}
    return {"label": labels[0]} if labels else None


def _labels(control: Control, entered: Entered) -> list[str]:
    """Give what is chosen; the choice that leaves out all others is alone."""
    labels = [control.choices[at].value for at in entered.chosen]
    exclusion = control.settings.get("exclusion")
    return [exclusion] if exclusion and exclusion in labels else labels


def sends(control: Control, entered: Entered) -> Iterator[str]:
    """Give what goes into a form of HTML's own."""
    if control.kind == "number":
        yield entered.text
    elif control.kind in ("choice", "choices"):
        yield "|".join(_labels(control, entered))
    else:
        said = says(control, entered)
        yield json_of(said)
