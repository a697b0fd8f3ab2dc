"""What a browser says of what was entered, before it sends a form: nothing, or what is wrong."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from kempelen.domain.questions import javascript_patterns
from kempelen.rehearsal.filling import dates
from kempelen.rehearsal.filling.controls import Control, Entered
from kempelen.rehearsal.filling.tools import TOOLS

_EMAIL = re.compile(
    r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*"
)
# As `form_checks` reads numbers in words.
_NUMBER = re.compile(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*")


def fault_of(control: Control, entered: Entered) -> str:
    """Say what is wrong with what stands in a control; nothing if it may be sent."""
    match control.kind:
        case "text":
            return _text(control, entered.text)
        case "number":
            return _number(control, entered.text)
        case "date":
            return _date(control, entered.text)
        case "choice" | "choices" | "tick":
            return _choice(control, entered)
        case "file":
            return _file(control, entered)
        case "colour":
            return ""
        case _:
            return TOOLS[control.kind].fault(control, entered.data)


def units(text: str) -> int:
    """Count as JavaScript does: signs beyond U+FFFF are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _text(control: Control, text: str) -> str:
    needs_text = bool(control.shortest and control.settings.get("counts_empty"))
    if not text and not control.is_numeric and not needs_text:
        return "fill it in" if control.is_required else ""
    length = units(text)
    if (control.longest is not None and length > control.longest) or length < (control.shortest or 0):
        return f"must have {control.shortest or 0} to {control.longest or 'any number of'} characters"
    if control.is_numeric and not _is_number(control, text):
        return "must be a number within its bounds"
    return _kind(control, text) or _patterns(control, text)


def _kind(control: Control, text: str) -> str:
    if control.type == "email":
        several = text.split(",") if control.settings.get("is_list") else [text]
        return "" if all(_EMAIL.fullmatch(one.strip()) for one in several) else "must be an e-mail address"
    if control.type == "url":
        return "" if _is_address(text) else "must be a web address"
    return ""


def _patterns(control: Control, text: str) -> str:
    for pattern in control.patterns if text else ():
        regex = f"^(?:{pattern.regex})$" if pattern.is_whole else pattern.regex
        if not javascript_patterns.finds(regex, text, ignores_case=pattern.ignores_case):
            return f"must match {pattern.regex[:100]}"
    return ""


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    is_web = parts.scheme in ("http", "https", "ftp", "ws", "wss")
    return bool(parts.scheme) and (bool(parts.netloc) or not is_web)


def _is_number(control: Control, text: str) -> bool:
    if not _NUMBER.fullmatch(text):
        return False
    number = float(text)
    return (control.lowest is None or number >= control.lowest) and (
        control.highest is None or number <= control.highest
    )


def _number(control: Control, text: str) -> str:
    if not text:
        return "fill it in" if control.is_required else ""
    return _bounds(control, float(text), dates.shown)


def _date(control: Control, text: str) -> str:
    number = dates.number_of(control.type, text)
    if number is None:
        return "fill it in" if control.is_required else ""
    return _bounds(control, number, lambda one: dates.text_of(control.type, one))


def _bounds(control: Control, number: float, written: Callable[[float], str]) -> str:
    is_turned = control.type == "time" and None not in (control.lowest, control.highest)
    if is_turned and (control.lowest or 0) > (control.highest or 0):
        return (
            "" if number >= (control.lowest or 0) or number <= (control.highest or 0) else "not in the night"
        )
    if control.lowest is not None and number < control.lowest:
        return f"must be {written(control.lowest)} or more"
    if control.highest is not None and number > control.highest:
        return f"must be {written(control.highest)} or less"
    if control.type in ("range", "crowd-slider"):
        return ""
    return "" if dates.is_on_step(number, control.step, control.step_base) else "is not on a step"


def _choice(control: Control, entered: Entered) -> str:
    if any(place not in entered.chosen for place in control.settings.get("must", ())):
        return "tick what has to be ticked"
    count = sum(_counts(control, place, entered.text) for place in entered.chosen)
    if not count:
        return "choose something" if control.is_required else ""
    if count < control.fewest:
        return f"choose at least {control.fewest}"
    if control.most is not None and count > control.most:
        return f"choose at most {control.most}"
    return _other(control, entered)


def _counts(control: Control, place: int, words: str) -> bool:
    """Tell whether a choice is one: not the first of a list that says nothing, nor an other without words."""
    if control.other is not None and place == len(control.choices) - 1:
        return bool(words)
    is_of_list = control.type == "select" and control.kind == "choice"
    return bool(control.choices[place].value) or not is_of_list


def _other(control: Control, entered: Entered) -> str:
    is_chosen = control.other is not None and len(control.choices) - 1 in entered.chosen
    if control.other is None or not is_chosen or not entered.text:
        return ""
    return _text(control.other, entered.text)


def _file(control: Control, entered: Entered) -> str:
    if not entered.files:
        return "choose a file" if control.is_required else ""
    if control.most is not None and len(entered.files) > control.most:
        return f"choose at most {control.most}"
    shortest, longest = control.shortest or 0, control.longest
    for file in entered.files:
        if len(file.content) < shortest or (longest is not None and len(file.content) > longest):
            return f"must have {shortest:,} to {longest or 0:,} bytes"
    return ""
