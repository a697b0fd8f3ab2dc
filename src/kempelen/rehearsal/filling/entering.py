"""From what somebody means to what then stands in a control: a choice by its words, a number as text."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from kempelen.domain.questions import javascript_patterns
from kempelen.rehearsal.filling import dates
from kempelen.rehearsal.filling.controls import Control, Entered, File, NotTaken, Value
from kempelen.rehearsal.filling.tools import TOOLS
from kempelen.rehearsal.filling.tools.tool import CannotMake

_YES = frozenset(["true", "yes", "on", "1", "y"])
_NO = frozenset(["false", "no", "off", "0", "n", ""])
_SEVERAL_LINES = frozenset(["textarea", "crowd-text-area"])


def entered_as(control: Control, value: Value) -> Entered:
    """Give what stands in the control after that; of None what stood in it before.

    Raises `NotTaken` for what it cannot hold, such as a choice that is none.
    """
    if value is None:
        return control.initial
    match control.kind:
        case "text":
            return Entered(_typed(control, _text_of(value)))
        case "number":
            return Entered(_number(control, value))
        case "date":
            return Entered(_date(control, value))
        case "colour":
            return Entered(_colour(control, _text_of(value)))
        case "choice":
            return _chosen(control, _several(control, value) if _is_record(value) else [value])
        case "choices":
            return _chosen(control, _several(control, value))
        case "tick":
            return Entered(chosen=(0,) if _is_yes(control, value) else ())
        case "file":
            return Entered(files=tuple(_files(control, value)))
        case _:
            return Entered(data=_made(control, value))


def refused(control: Control, why: str) -> NotTaken:
    """Say what is wrong with a value for a control."""
    return NotTaken({control.name: why})


def _text_of(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return dates.shown(value)
    if isinstance(value, Mapping | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _typed(control: Control, text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if allowed := control.settings.get("allowed"):
        # What is not allowed vanishes as it is typed.
        fit = {sign for sign in set(text) if javascript_patterns.finds(allowed, sign)}
        text = "".join(sign for sign in text if sign in fit)
    if control.type in _SEVERAL_LINES:
        return text
    text = text.replace("\n", "")
    return text.strip(" \t\f") if control.type in ("email", "url") else text


def _number(control: Control, value: Any) -> str:
    text = _text_of(value).strip()
    number = dates.float_of(text)
    if number is None:
        if text == "":
            return ""
        raise refused(control, f"{text!r} is no number")
    if control.type not in ("range", "crowd-slider"):
        return text
    # What is moved with the mouse is always on a step.
    return dates.shown(dates.fitted(number, control.lowest, control.highest, control.step, control.step_base))


def _date(control: Control, value: Any) -> str:
    text = value.isoformat() if isinstance(value, date | time) else str(value).strip()
    if isinstance(value, datetime) or (control.type == "datetime-local" and " " in text):
        text = text.replace(" ", "T")[:19]
    if control.type == "date" and len(text) > 10 and text[10] in "T ":
        text = text[:10]
    if text and dates.number_of(control.type, text) is None:
        raise refused(control, f"{text!r} is nothing that a field for {control.type} takes")
    return text


def _colour(control: Control, text: str) -> str:
    text = text.strip().lower()
    if not re.fullmatch("#[0-9a-f]{6}", text):
        raise refused(control, f"{text!r} is no colour such as #aabbcc")
    return text


def _several(control: Control, value: Any) -> list[Any]:
    """Give what is meant as single choices: a list, JSON of one, or values joined by bars, as results are."""
    if isinstance(value, Mapping):
        for key in ("labels", "selections", "ModerationLabels"):
            if isinstance(value.get(key), list):
                return [*value[key], *([{"other": value["other"]}] if "other" in value else [])]
        return [key for key, is_on in value.items() if is_on is True]
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    text = _text_of(value)
    if text == "" or _place_of(control, text) is not None:
        return [text] if text or _place_of(control, text) is not None else []
    if text.startswith("["):
        try:
            found = json.loads(text)
        except ValueError:
            found = None
        if isinstance(found, list):
            return found
    return [part.strip() for part in text.split("|") if part.strip()]


def _is_record(value: Any) -> bool:
    return isinstance(value, list | tuple | set | frozenset) or (
        isinstance(value, Mapping) and not ("label" in value or "name" in value)
    )


def _chosen(control: Control, values: Sequence[Any]) -> Entered:
    places: list[int] = []
    words = control.initial.text if control.other is not None else ""
    for value in values:
        is_other = isinstance(value, Mapping) and "other" in value
        text = _text_of(_meant(value))
        place = None if is_other else _place_of(control, text)
        if place is None and control.other is not None and text:
            place, words = len(control.choices) - 1, _typed(control.other, text)
        if place is None:
            raise refused(control, f"{text!r} is none of its choices")
        places.append(place)
    if not places and control.kind == "choice" and control.type == "select":
        return control.initial  # a list cannot be let go of
    return Entered(text=words, chosen=tuple(sorted(set(places))))


def _meant(value: Any) -> Any:
    """Give what an object means that names a choice, as answers have them."""
    if not isinstance(value, Mapping):
        return value
    return next((value[key] for key in ("label", "name", "other") if key in value), value)


def _place_of(control: Control, text: str) -> int | None:
    """Find a choice by its value, else by its label, as it is written or nearly so."""
    for wanted in (text, _bare(text)):
        for of in ("value", "label"):
            for place, choice in enumerate(control.choices):
                held = getattr(choice, of)
                if wanted and (held if wanted is text else _bare(held)) == wanted:
                    return place
    if text == "":
        return next((at for at, one in enumerate(control.choices) if one.value == ""), None)
    return None


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()


def _is_yes(control: Control, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, Mapping):
        return any(part is True for part in value.values())
    text = _bare(_text_of(value))
    own = {_bare(one) for choice in control.choices for one in (choice.value, choice.label) if one}
    if text in _NO and text not in own:
        return False
    if text in _YES or text in own:
        return True
    raise refused(control, f"{text!r} does not say whether to tick it")


def _files(control: Control, value: Any) -> Iterator[File]:
    given = value if isinstance(value, list | tuple) else [value]
    for one in given:
        if not isinstance(one, File):
            raise refused(control, "asks for a File")
        yield one


def _made(control: Control, value: Any) -> Any:
    """Give what a tool has made; it may be written as JSON."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError as error:
            raise refused(control, "asks for what its tool makes, as JSON") from error
    try:
        return TOOLS[control.kind].taken(control, value)
    except CannotMake as problem:
        raise refused(control, str(problem)) from problem
