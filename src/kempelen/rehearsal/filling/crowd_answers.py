"""What `<crowd-form>` sends: one JSON object, or a field for each of its leaves (crowd-elements.md §3.4).

The counterpart of `crowd/parts/answers.js`, rule for rule.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from kempelen.rehearsal.filling.controls import Control, Entered
from kempelen.rehearsal.filling.dates import shown
from kempelen.rehearsal.filling.forms import Form, Part, Sent

# Leaves the name out of the answer.
NO_ANSWER = None


def fields(form: Form, controls: Sequence[Control], entered: Sequence[Entered]) -> Iterator[Sent]:
    """Give the fields of a crowd-form; files that were chosen in it go beside."""
    answer: dict[str, Any] = {}
    files: list[Sent] = []
    for part in _in_order(form.parts):
        now = entered[part.place] if part.place >= 0 else Entered()
        if part.how == "file":
            files += [(part.name, file) for file in now.files]
            if form.style == "flat":
                continue  # its name would be its file's
        _add(answer, part.name, _said(part, controls, now))
    if form.style == "json":
        yield "taskAnswers", f"[{json_of(answer)}]"
    else:
        for name, value in answer.items():
            yield from _leaves(name, value)
    yield from files


def json_of(value: Any) -> str:
    """Write compact JSON, keys sorted by their UTF-16 units, numbers as JavaScript writes them."""
    match value:
        case dict():
            ordered = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be", "surrogatepass"))
            return "{" + ",".join(f"{_quoted(key)}:{json_of(part)}" for key, part in ordered) + "}"
        case list() | tuple():
            return "[" + ",".join(map(json_of, value)) + "]"
        case bool() | None:
            return json.dumps(value)
        case int() | float():
            return shown(value)
    return _quoted(str(value))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _in_order(parts: Sequence[Part]) -> Iterator[Part]:
    """Give each list once, however many options it has."""
    lists: set[int] = set()
    for part in parts:
        if part.is_list and part.place in lists:
            continue
        if part.is_list:
            lists.add(part.place)
        yield part


def _said(part: Part, controls: Sequence[Control], now: Entered) -> Any:
    match part.how:
        case "constant":
            return part.value
        case "text":
            return now.text
        case "file":
            return "|".join(file.name for file in now.files)
        case "element":
            assert part.says is not None
            return part.says(controls[part.place], now)
    if part.is_list:
        control = controls[part.place]
        chosen = [control.choices[at].value for at in sorted(now.chosen)]
        return chosen if control.kind == "choices" else (chosen or [""])[0]
    return {part.value: part.choice in now.chosen}


def _add(answer: dict[str, Any], name: str, value: Any) -> None:
    """Put a value to those before: objects of one name become one, else the later counts."""
    if value is None or value == "":
        return
    before = answer.get(name)
    if isinstance(before, dict) and isinstance(value, dict):
        value = before | {
            key: True if before.get(key) is True and part is False else part for key, part in value.items()
        }
    answer[name] = value


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if value is None or value == "":
        return
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _leaves(f"{path}.{key}", part)
    elif isinstance(value, str):
        yield path, value
    else:
        yield path, json_of(value)
