"""Words and phrases of a text, marked with labels; offsets in code points, as Python's strings have them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from kempelen.rehearsal.filling.controls import Control, Value
from kempelen.rehearsal.filling.tools.tool import CannotMake, items_in, label_in, labels_of, number_in

_MOST_SAMPLED = 4
_WORD = re.compile(r"\w+")

Entity = dict[str, Any]


@dataclass(frozen=True)
class Entities:
    """The tool of crowd-entity-annotation."""

    def taken(self, control: Control, value: Any) -> list[Entity]:
        """Give what is marked in the order of the text: nothing overlaps, no space at the ends."""
        found: list[Entity] = []
        for item in items_in(value, "entities"):
            entity = _trimmed(control.source, _entity(control, item))
            met = [one for one in found if _meets(one, entity)]
            if any(not _holds(entity, one) for one in met):
                raise CannotMake("cuts through what is marked already")
            found = [one for one in found if one not in met] + [entity]
        return sorted(found, key=_order)

    def fault(self, control: Control, data: Any) -> str:
        """Nothing marked is an answer."""
        return ""

    def says(self, control: Control, data: Any) -> Any:
        """Give the entities, and whether they differ from those to begin with."""
        initial = control.settings.get("initial", [])
        entities = initial if data is None else data
        if "initial" not in control.settings:
            return {"entities": entities}
        return {"entities": entities, "initialValueModified": sorted(entities, key=_order) != initial}

    def initial(self, control: Control, value: Any) -> list[Entity]:
        """Give the entities of an initial value; other labels, and offsets beyond the text, are left out."""
        found = []
        for item in value if isinstance(value, list) else [value]:
            try:
                found.append(_entity(control, item))
            except CannotMake:
                continue
        return sorted(found, key=_order)

    def sample(self, control: Control, random: Random) -> Value:
        """Mark a few words, anywhere."""
        words = [match.span() for match in _WORD.finditer(control.source)]
        labels = labels_of(control)
        if not words or not labels:
            return []
        chosen = random.sample(words, min(len(words), random.randint(1, _MOST_SAMPLED)))
        return [
            {"endOffset": end, "label": random.choice(labels), "startOffset": start} for start, end in chosen
        ]


def _entity(control: Control, item: Any) -> Entity:
    if not isinstance(item, Mapping):
        raise CannotMake("asks for objects with label, startOffset and endOffset")
    start, end = (number_in(item, name) for name in ("startOffset", "endOffset"))
    if not (start.is_integer() and end.is_integer() and 0 <= start < end <= len(control.source)):
        raise CannotMake("marks what is not in the text")
    return {"endOffset": int(end), "label": label_in(control, item), "startOffset": int(start)}


def _trimmed(text: str, entity: Entity) -> Entity:
    part = text[entity["startOffset"] : entity["endOffset"]]
    if not part.strip():
        raise CannotMake("marks nothing but white space")
    start = entity["startOffset"] + len(part) - len(part.lstrip())
    return {**entity, "startOffset": start, "endOffset": start + len(part.strip())}


def _meets(one: Entity, other: Entity) -> bool:
    return bool(one["startOffset"] < other["endOffset"] and other["startOffset"] < one["endOffset"])


def _holds(outer: Entity, inner: Entity) -> bool:
    return bool(outer["startOffset"] <= inner["startOffset"] and inner["endOffset"] <= outer["endOffset"])


def _order(entity: Entity) -> tuple[int, int, str]:
    return entity["startOffset"], entity["endOffset"], entity["label"]


ENTITIES = Entities()
