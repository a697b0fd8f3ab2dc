"""MTurk's service model, Requester API 2017-01-17: its operations, and what their messages look like."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from inspect import getdoc
from typing import Annotated, Any, Final, Literal, NotRequired, Required, get_args, get_origin, get_type_hints

from kempelen.aws import shapes
from kempelen.aws.shapes.named import DEPRECATED, Named
from kempelen.aws.shapes.words import WORDS

API_VERSION: Final = "2017-01-17"
TARGET_PREFIX: Final = "MTurkRequesterServiceV20170117"
SIGNING_NAME: Final = "mturk-requester"
JSON_VERSION: Final = "1.1"

Kind = Literal["structure", "list", "string", "integer", "long", "boolean", "timestamp"]
_PLAIN: dict[type, tuple[str, Kind]] = {
    str: ("String", "string"),
    int: ("Integer", "integer"),
    bool: ("Boolean", "boolean"),
    datetime: ("Timestamp", "timestamp"),
}
_MEMBER_LINE = re.compile(r"^(\w+): (.*(?:\n    .*)*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A type of the wire.  Only what applies to its kind is set; there is one object for each."""

    name: str
    kind: Kind
    documentation: str = ""
    members: Mapping[str, "Member"] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    element: "Shape | None" = None
    minimum: int | None = None
    maximum: int | None = None
    pattern: str | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a structure: its type, and what it means there."""

    shape: Shape
    documentation: str
    is_deprecated: bool


@dataclass(frozen=True)
class Operation:
    """One of the operations, with what it is asked and what it answers.

    `is_idempotent` is the model's word for other SDKs; some of these operations fail when repeated.
    `items` names the list in the answer that clients read page by page.
    """

    name: str
    is_idempotent: bool = False
    items: str = ""

    @cached_property
    def request(self) -> Shape:
        """What a call of it carries."""
        return shape_of(getattr(shapes, f"{self.name}Request"))

    @cached_property
    def answer(self) -> Shape:
        """What it gives; a structure without members for those that give nothing."""
        name = f"{self.name}Response"
        if definition := getattr(shapes, name, None):
            return shape_of(definition)
        return Shape(name, "structure", "Nothing: it was done.")

    @property
    def documentation(self) -> str:
        """What the operation does."""
        return self.request.documentation


@cache
def shape_of(definition: Any) -> Shape:
    """The shape that a type of `kempelen.aws.shapes` describes."""
    if isinstance(definition, type) and definition in _PLAIN:
        return Shape(*_PLAIN[definition])
    if get_origin(definition) is list:
        element = shape_of(get_args(definition)[0])
        return Shape(f"{element.name}List", "list", element=element)
    if get_origin(definition) is Annotated:
        return _named(*get_args(definition))
    return _structure(definition)


def _named(python_type: Any, named: Named) -> Shape:
    values: tuple[str, ...] = ()
    if get_origin(python_type) is Literal:
        python_type, values = str, get_args(python_type)
    kind = "long" if named.name == "Long" else _PLAIN[python_type][1]
    bounds = {"minimum": named.minimum, "maximum": named.maximum, "pattern": named.pattern}
    return Shape(named.name, kind, **bounds, values=values)  # type: ignore[arg-type]


def _structure(definition: Any) -> Shape:
    hints = get_type_hints(definition, include_extras=True)
    text = getdoc(definition) or ""
    words = WORDS | {name: " ".join(said.split()) for name, said in _MEMBER_LINE.findall(text)}
    return Shape(
        definition.__name__,
        "structure",
        " ".join(_MEMBER_LINE.sub("", text).split()),
        members={name: _member(hint, words.get(name, "")) for name, hint in hints.items()},
        # The order of the definition; the class itself keeps a set.
        required=tuple(name for name in hints if name in definition.__required_keys__),
    )


def _member(hint: Any, documentation: str) -> Member:
    if get_origin(hint) in (Required, NotRequired):
        hint = get_args(hint)[0]
    is_deprecated = get_origin(hint) is Annotated and DEPRECATED in get_args(hint)
    if is_deprecated:
        hint = get_args(hint)[0]
    return Member(shape_of(hint), documentation, is_deprecated)


_ALL = (
    Operation("AcceptQualificationRequest"),
    Operation("ApproveAssignment", is_idempotent=True),
    Operation("AssociateQualificationWithWorker"),
    Operation("CreateAdditionalAssignmentsForHIT"),
    Operation("CreateHIT"),
    Operation("CreateHITType", is_idempotent=True),
    Operation("CreateHITWithHITType"),
    Operation("CreateQualificationType"),
    Operation("CreateWorkerBlock"),
    Operation("DeleteHIT", is_idempotent=True),
    Operation("DeleteQualificationType", is_idempotent=True),
    Operation("DeleteWorkerBlock", is_idempotent=True),
    Operation("DisassociateQualificationFromWorker"),
    Operation("GetAccountBalance", is_idempotent=True),
    Operation("GetAssignment", is_idempotent=True),
    Operation("GetFileUploadURL", is_idempotent=True),
    Operation("GetHIT", is_idempotent=True),
    Operation("GetQualificationScore", is_idempotent=True),
    Operation("GetQualificationType", is_idempotent=True),
    Operation("ListAssignmentsForHIT", is_idempotent=True, items="Assignments"),
    Operation("ListBonusPayments", is_idempotent=True, items="BonusPayments"),
    Operation("ListHITs", is_idempotent=True, items="HITs"),
    Operation("ListHITsForQualificationType", is_idempotent=True, items="HITs"),
    Operation("ListQualificationRequests", is_idempotent=True, items="QualificationRequests"),
    Operation("ListQualificationTypes", is_idempotent=True, items="QualificationTypes"),
    Operation("ListReviewPolicyResultsForHIT", is_idempotent=True),
    Operation("ListReviewableHITs", is_idempotent=True, items="HITs"),
    Operation("ListWorkerBlocks", is_idempotent=True, items="WorkerBlocks"),
    Operation("ListWorkersWithQualificationType", is_idempotent=True, items="Qualifications"),
    Operation("NotifyWorkers"),
    Operation("RejectAssignment", is_idempotent=True),
    Operation("RejectQualificationRequest"),
    Operation("SendBonus"),
    Operation("SendTestEventNotification"),
    Operation("UpdateExpirationForHIT", is_idempotent=True),
    Operation("UpdateHITReviewStatus", is_idempotent=True),
    Operation("UpdateHITTypeOfHIT", is_idempotent=True),
    Operation("UpdateNotificationSettings", is_idempotent=True),
    Operation("UpdateQualificationType"),
)
OPERATIONS: Final[Mapping[str, Operation]] = {operation.name: operation for operation in _ALL}
ERRORS: Final = (shape_of(shapes.ServiceFault), shape_of(shapes.RequestError))
