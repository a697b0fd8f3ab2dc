"""What qualification requirements let a worker do: the rules of mturk-api.md §4, written once more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

DISCOVER, PREVIEW, ACCEPT = "discover", "preview", "accept"
GUARDED = {
    "Accept": {ACCEPT},
    "PreviewAndAccept": {PREVIEW, ACCEPT},
    "DiscoverPreviewAndAccept": {DISCOVER, PREVIEW, ACCEPT},
}
COMPARED = {
    "LessThan": lambda value, others: value < others[0],
    "LessThanOrEqualTo": lambda value, others: value <= others[0],
    "GreaterThan": lambda value, others: value > others[0],
    "GreaterThanOrEqualTo": lambda value, others: value >= others[0],
    "EqualTo": lambda value, others: value == others[0],
    "NotEqualTo": lambda value, others: value != others[0],
    "In": lambda value, others: value in others,
    "NotIn": lambda value, others: value not in others,
    "Exists": lambda value, others: True,
}
ONE_VALUE = tuple(COMPARED)[:6]
Held = Mapping[str, int]


@dataclass(frozen=True)
class Requirement:
    """One requirement; `type_id` is that of a QualificationType."""

    type_id: str
    comparator: str
    values: tuple[int, ...]
    guarded: str

    def is_met_by(self, held: Held) -> bool:
        """Whether the worker meets it; who holds nothing of the type meets DoesNotExist alone (§4.2)."""
        if self.type_id not in held:
            return self.comparator == "DoesNotExist"
        compare = COMPARED.get(self.comparator)
        return compare is not None and compare(held[self.type_id], self.values)

    def given(self) -> dict[str, Any]:
        """The requirement as a request has it; Accept alone is guarded where nothing is said."""
        given: dict[str, Any] = {"QualificationTypeId": self.type_id, "Comparator": self.comparator}
        given |= {"IntegerValues": list(self.values)} if self.values else {}
        return given | ({"ActionsGuarded": self.guarded} if self.guarded != "Accept" else {})

    def shown(self) -> dict[str, Any]:
        """The requirement as GetHIT shows it: with both members that say what is guarded (§4.4)."""
        is_for_preview = self.guarded != "Accept"
        return self.given() | {"ActionsGuarded": self.guarded, "RequiredToPreview": is_for_preview}


def may(action: str, requirements: Sequence[Requirement], held: Held) -> bool:
    """Whether all requirements that guard the action are met (§4.4)."""
    return all(one.is_met_by(held) for one in requirements if action in GUARDED[one.guarded])
