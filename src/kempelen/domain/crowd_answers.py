"""Answers of Crowd HTML Elements told in a few words, as people want to read them (crowd-elements.md §5).

An answer is what a page sent: any JSON may stand where an element's answer would, so nothing here
refuses; what is not known is told as it is.  Pictures and other long encoded texts are never given back.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

# Beyond this an answer is not read, only named: a page of fifty must not take seconds.
MOST_READ = 2_000_000
MOST_TOLD = 300
MOST_RAW = 5_000
_DEEPEST = 4
_MOST_NAMED = 12
_ENCODED = re.compile(r'"(?:data:[\w/+.-]{0,60};base64,)?[A-Za-z0-9+/=_-]{400,}"')
# What each list of a drawing tool or a text tool holds: one of it, several of it.
_THINGS = {
    "boundingBoxes": ("box", "boxes"),
    "keypoints": ("point", "points"),
    "polygons": ("polygon", "polygons"),
    "polylines": ("polyline", "polylines"),
    "lines": ("line", "lines"),
    "instances": ("instance", "instances"),
    "entities": ("entity", "entities"),
    "blocks": ("block", "blocks"),
    "questionAnswers": ("question", "questions"),
}
# Flattened answers have these in fields of their own, as `<name>.labeledImage.pngImageData`.
_CHOICES = ("labels", "labelMappings", "labeledImage", "ordinalRankingDimensions", "ModerationLabels")
_LEAVES = (*_THINGS, *_CHOICES)
_ASIDE = ("initialValueModified", "inputImageProperties")
_FLAT = re.compile(rf"(?P<name>.+?)\.(?:{'|'.join(_LEAVES)})(?:\.|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Told:
    """A part of an answer by its name: in words, and as it came, if that says more."""

    name: str
    words: str
    raw: str = ""


def told(answers: Mapping[str, str]) -> list[Told] | None:
    """Tell the parts of an answer, in their order; None if it is none of a crowd-form's."""
    if "taskAnswers" in answers:
        return _told_whole(answers)
    names = dict.fromkeys(match["name"] for match in map(_FLAT.match, answers) if match)
    return list(_told_flat(answers, tuple(names))) if names else None


def _told_whole(answers: Mapping[str, str]) -> list[Told] | None:
    value = _read(answers["taskAnswers"])
    others = [Told(name, text) for name, text in answers.items() if name != "taskAnswers"]
    if value is _UNREAD:
        size = len(answers["taskAnswers"])
        return [Told("taskAnswers", f"{size:,} characters; see the answer in its task"), *others]
    if not (isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict)):
        return None
    return [*(_part(name, one) for name, one in value[0].items()), *others]


def _told_flat(answers: Mapping[str, str], names: tuple[str, ...]) -> Iterator[Told]:
    """Put the fields of each element together again; others stay as they are."""
    done = set()
    for field, text in answers.items():
        name = next((one for one in names if field.startswith(f"{one}.")), None)
        if name is None:
            yield Told(field, text)
        elif name not in done:
            done.add(name)
            yield _part(name, _together(answers, f"{name}."))


def _together(answers: Mapping[str, str], prefix: str) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for field, text in answers.items():
        if field.startswith(prefix):
            *path, last = field.removeprefix(prefix).split(".")
            place = whole
            for key in path[:_DEEPEST]:
                inner = place.setdefault(key, {})
                place = inner if isinstance(inner, dict) else {}
            value = _read(text) if text[:1] in ("[", "{") or text in ("true", "false") else _UNREAD
            place[last] = _without_encoded(f'"{text}"')[1:-1][:MOST_RAW] if value is _UNREAD else value
    return whole


_UNREAD = object()


def _read(text: str) -> Any:
    """Read JSON without what is encoded in it; `_UNREAD` if it is none or too much."""
    if len(text) > MOST_READ and '"pngImageData"' not in text:
        return _UNREAD
    short = _without_encoded(text)
    if len(short) > MOST_READ:
        return _UNREAD
    try:
        return json.loads(short)
    except (ValueError, RecursionError):
        return _UNREAD


def _without_encoded(text: str) -> str:
    """Put its size in the place of each quoted text that is a picture or the like."""
    return _ENCODED.sub(lambda match: f'"({len(match[0]) - 2:,} characters)"', text)


def _part(name: str, value: Any) -> Told:
    words = _cut(_words(value, _DEEPEST), MOST_TOLD)
    if not isinstance(value, dict | list):
        return Told(name, str(value) if isinstance(value, str) else words)
    try:
        raw = json.dumps(value, ensure_ascii=False)  # indented, what is deep would be huge
    except RecursionError:
        raw = ""
    return Told(name, words, _cut(raw, MOST_RAW))


def _words(value: Any, depth: int) -> str:
    """Tell any value."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case dict() if depth:
            return _of_object(value, depth)
        case list() if depth:
            return ", ".join(_words(one, depth - 1) for one in value[:_MOST_NAMED]) + _more(value) or "none"
        case dict() | list():
            return "…"
    return str(value)


def _of_object(value: dict[str, Any], depth: int) -> str:
    kept = {key: one for key, one in value.items() if key not in _ASIDE}
    unchanged = " (as it was to begin with)" if value.get("initialValueModified") is False else ""
    words = _of_mask(value) or _of_things(kept) or _of_choice(kept) or _of_ranking(kept)
    if words:
        return words + unchanged
    inner = (f"{key}: {_words(one, depth - 1)}" for key, one in islice(kept.items(), _MOST_NAMED))
    return ("; ".join(inner) or "nothing") + unchanged


def _of_mask(value: dict[str, Any]) -> str:
    """Tell a segmentation: its size, and what is in it."""
    if not isinstance(value.get("labeledImage"), dict):
        return ""
    size = value.get("inputImageProperties")
    sides = [size.get("width"), size.get("height")] if isinstance(size, dict) else []
    of_size = f" {sides[0]} × {sides[1]}" if None not in sides and sides else ""
    instances = value.get("instances")
    if isinstance(instances, list):
        return f"mask{of_size}: {_counted('instances', instances)}"
    labels = value.get("labelMappings")
    named = ", ".join(map(str, islice(labels, _MOST_NAMED))) if isinstance(labels, dict) else ""
    return f"mask{of_size}: {named or 'nothing marked'}"


def _of_things(value: dict[str, Any]) -> str:
    """Tell what was drawn or marked: how many, of which labels."""
    for key in _THINGS:
        if isinstance(value.get(key), list):
            return _counted(key, value[key])
    return ""


def _counted(key: str, things: list[Any]) -> str:
    one, several = _THINGS[key]
    if not things:
        return f"no {several}"
    many = f"{len(things):,} {one if len(things) == 1 else several}"
    labels = Counter(str(thing["label"]) for thing in things if isinstance(thing, dict) and "label" in thing)
    if not labels:
        return many
    is_counted = max(labels.values()) > 1
    common = labels.most_common(_MOST_NAMED)
    named = [f"{label} {count:,}" if is_counted else label for label, count in common]
    return f"{many}: {', '.join(named)}{_more(list(labels))}"


def _more(things: list[Any]) -> str:
    return f" and {len(things) - _MOST_NAMED:,} more" if len(things) > _MOST_NAMED else ""


def _of_choice(value: dict[str, Any]) -> str:
    """Tell what was chosen: a category, several, or boxes that are ticked."""
    label, labels = value.get("label"), value.get("labels", value.get("ModerationLabels"))
    comment = f" (“{value['workerComment']}”)" if isinstance(value.get("workerComment"), str) else ""
    if isinstance(label, str) and set(value) <= {"label", "workerComment"}:
        return label + comment
    if isinstance(labels, list):
        return (", ".join(map(_name_of, labels[:_MOST_NAMED])) + _more(labels) or "none") + comment
    if value and all(isinstance(one, bool) for one in value.values()):
        if set(value) == {"on"}:
            return "yes" if value["on"] else "no"
        return ", ".join(_ticked(value.items())) or "none"
    return f"no choice{comment}" if comment and len(value) == 1 else ""


def _ticked(boxes: Iterable[tuple[str, bool]]) -> list[str]:
    return [name for name, is_ticked in boxes if is_ticked]


def _name_of(label: Any) -> str:
    return str(label.get("name", label)) if isinstance(label, dict) else str(label)


def _of_ranking(value: dict[str, Any]) -> str:
    """Tell ranks: by dimension, those of the responses in their order."""
    dimensions = value.get("ordinalRankingDimensions")
    if not isinstance(dimensions, list):
        return ""
    told = []
    for one in dimensions:
        ranks = one.get("responseRankings") if isinstance(one, dict) else None
        if isinstance(ranks, list):
            told.append(f"{one.get('name', '?')}: {', '.join(map(str, ranks[:100]))}")
    return "; ".join(told)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}… ({len(text) - most:,} more characters)"
