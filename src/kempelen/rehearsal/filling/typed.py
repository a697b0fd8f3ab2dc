"""Fields that are typed into or set to a value: what they take, and what stands in them to begin with."""

import re

from kempelen.rehearsal.filling import dates
from kempelen.rehearsal.filling.controls import Control, Entered, Pattern
from kempelen.rehearsal.filling.elements import Element

_SPACE = "\t\n\f\r "
_COLOUR = re.compile("#[0-9a-fA-F]{6}")


def typed(element: Element, kind: str, label: str) -> Control:
    """Give the control of a field that is typed into, or set, with what it takes."""
    name, value = element.get("name"), element.get("value")
    if element.name == "textarea":
        value = element.text
    needed = element.has("required")
    if kind in dates.TYPES:
        return _date_control(element, kind, label)
    if kind in ("number", "range"):
        return _number_control(element, kind, label)
    if kind == "color":
        return Control(name, "colour", kind, label, initial=Entered(_colour(value)))
    pattern = element.get("pattern")
    return Control(
        name,
        "text",
        kind,
        label,
        is_required=needed,
        shortest=_count(element.get("minlength")),
        longest=_count(element.get("maxlength")),
        patterns=(Pattern(pattern, is_whole=True),) if pattern and kind != "textarea" else (),
        # Of addresses, several.
        settings={"is_list": True} if kind == "email" and element.has("multiple") else {},
        initial=Entered(_line(value, kind, element.has("multiple"))),
    )


def _line(value: str, kind: str, is_several: bool) -> str:
    """Give a value as browsers keep it: of one line, addresses without space around them."""
    if kind in ("textarea", "crowd-text-area"):
        return value
    value = value.replace("\n", "")
    if kind == "email" and is_several:
        return ",".join(one.strip(_SPACE) for one in value.split(","))
    return value.strip(_SPACE) if kind in ("email", "url") else value


def _number_control(element: Element, kind: str, label: str) -> Control:
    lowest, highest, value = (dates.float_of(element.get(name)) for name in ("min", "max", "value"))
    step = _step(element, 1.0)
    base = lowest if lowest is not None else value if value is not None and kind == "number" else 0.0
    text = element.get("value").strip() if value is not None else ""
    if kind == "range":
        base = lowest = 0.0 if lowest is None else lowest
        highest = 100.0 if highest is None else highest
        middle = lowest + (highest - lowest) / 2 if highest >= lowest else lowest
        text = dates.shown(dates.fitted(middle if value is None else value, lowest, highest, step, base))
    return Control(
        element.get("name"),
        "number",
        kind,
        label,
        is_required=element.has("required") or kind == "range",
        lowest=lowest,
        highest=highest,
        step=step,
        step_base=base,
        initial=Entered(text),
    )


def _date_control(element: Element, kind: str, label: str) -> Control:
    lowest, highest, value = (
        dates.number_of(kind, element.get(name).strip()) for name in ("min", "max", "value")
    )
    unit, usual, base = dates.steps_of(kind)
    step = _step(element, usual)
    start = lowest if lowest is not None else value
    return Control(
        element.get("name"),
        "date",
        kind,
        label,
        is_required=element.has("required"),
        lowest=lowest,
        highest=highest,
        step=None if step is None else unit * step,
        step_base=base if start is None else start,
        initial=Entered(element.get("value").strip() if value is not None else ""),
    )


def _step(element: Element, usual: float) -> float | None:
    asked = element.get("step").strip().lower()
    own = dates.float_of(asked)
    return None if asked == "any" else own if own is not None and own > 0 else usual


def _count(text: str) -> int | None:
    number = dates.float_of(text)
    return int(number) if number is not None and number >= 0 else None


def _colour(value: str) -> str:
    return value.strip().lower() if _COLOUR.fullmatch(value.strip()) else "#000000"
