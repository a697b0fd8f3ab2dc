"""Qualification types: made, shown, searched, changed, deleted; and the HITs that require them."""

from collections.abc import Mapping
from typing import Any, cast

from kempelen.api import paging
from kempelen.api.callers import Caller
from kempelen.api.handlers import Role, operation
from kempelen.api.structures import hit_structure
from kempelen.aws import shapes
from kempelen.domain.actions import qualification_types, settled
from kempelen.domain.actions.qualification_types import TypeProperties
from kempelen.domain.models import HIT, QualificationType, Requester
from kempelen.domain.queries import qualifications

# Ours for MTurk's names of what a requester decides about a type.
_PROPERTIES = {
    "Name": "name",
    "Keywords": "keywords",
    "Description": "description",
    "QualificationTypeStatus": "status",
    "RetryDelayInSeconds": "retry_delay_seconds",
    "Test": "test",
    "AnswerKey": "answer_key",
    "TestDurationInSeconds": "test_duration_seconds",
    "AutoGranted": "is_auto_granted",
    "AutoGrantedValue": "auto_granted_value",
}


def type_structure(kind: QualificationType, requester: Requester) -> shapes.QualificationType:
    """Give a type as the API shows it; its test and answer key only to its owner."""
    shown: shapes.QualificationType = {
        "QualificationTypeId": kind.public_id,
        "CreationTime": kind.created_at,
        "Name": kind.name,
        "Description": kind.description,
        "QualificationTypeStatus": kind.status,  # type: ignore[typeddict-item]
        "IsRequestable": kind.is_requestable,
        "AutoGranted": kind.is_auto_granted,
    }
    if kind.keywords:
        shown["Keywords"] = kind.keywords
    if kind.test_duration_seconds is not None:
        shown["TestDurationInSeconds"] = kind.test_duration_seconds
    if kind.retry_delay_seconds is not None:
        shown["RetryDelayInSeconds"] = kind.retry_delay_seconds
    if kind.auto_granted_value is not None:
        shown["AutoGrantedValue"] = kind.auto_granted_value
    if kind.requester_id == requester.pk and kind.test:
        shown["Test"] = kind.test
        if kind.answer_key:
            shown["AnswerKey"] = kind.answer_key
    return shown


@operation("CreateQualificationType", role=Role.EDITOR)
def create_qualification_type(
    caller: Caller, request: shapes.CreateQualificationTypeRequest
) -> shapes.CreateQualificationTypeResponse:
    """Make a type; its name is unique among the caller's (mturk-api.md §1.3 [S5])."""
    kind = qualification_types.create(caller.requester, _properties(request), by=caller.user)
    return {"QualificationType": type_structure(kind, caller.requester)}


@operation("GetQualificationType", role=Role.VIEWER)
def get_qualification_type(
    caller: Caller, request: shapes.GetQualificationTypeRequest
) -> shapes.GetQualificationTypeResponse:
    """Show a type: one's own, anybody's active one, or one of the system."""
    kind = qualifications.found_type(caller.requester, request["QualificationTypeId"])
    return {"QualificationType": type_structure(kind, caller.requester)}


@operation("ListQualificationTypes", role=Role.VIEWER)
def list_qualification_types(
    caller: Caller, request: shapes.ListQualificationTypesRequest
) -> shapes.ListQualificationTypesResponse:
    """Search types by words in their name, description and keywords."""
    window = paging.window("ListQualificationTypes", caller.requester, request)
    page = qualifications.types(
        caller.requester,
        query=request.get("Query", ""),
        must_be_requestable=request["MustBeRequestable"],
        must_be_own=request.get("MustBeOwnedByCaller", False),
        after=window.after_key,
        size=window.size,
    )
    answer: shapes.ListQualificationTypesResponse = {
        "QualificationTypes": [type_structure(kind, caller.requester) for kind in page]
    }
    answer.update(window.page(page, _position))  # type: ignore[typeddict-item]
    return answer


@operation("UpdateQualificationType", role=Role.EDITOR)
def update_qualification_type(
    caller: Caller, request: shapes.UpdateQualificationTypeRequest
) -> shapes.UpdateQualificationTypeResponse:
    """Change what is given, and show the whole type."""
    type_id, changes = request["QualificationTypeId"], _properties(request)
    kind = qualification_types.update(caller.requester, type_id, changes, by=caller.user)
    return {"QualificationType": type_structure(kind, caller.requester)}


@operation("DeleteQualificationType", role=Role.EDITOR)
def delete_qualification_type(caller: Caller, request: shapes.DeleteQualificationTypeRequest) -> None:
    """Delete a type; what was granted of it stays."""
    qualification_types.dispose(caller.requester, request["QualificationTypeId"], by=caller.user)


@operation("ListHITsForQualificationType", role=Role.VIEWER)
def list_hits_for_qualification_type(
    caller: Caller, request: shapes.ListHITsForQualificationTypeRequest
) -> shapes.ListHITsForQualificationTypeResponse:
    """List the caller's HITs that require the type."""
    qualifications.found_type(caller.requester, request["QualificationTypeId"])
    window = paging.window("ListHITsForQualificationType", caller.requester, request)
    page = settled.hits_requiring(
        caller.requester,
        request["QualificationTypeId"],
        after=_group_and_hit(window.after) if window.after else None,
        size=window.size,
    )
    answer: shapes.ListHITsForQualificationTypeResponse = {"HITs": [hit_structure(hit) for hit in page]}
    answer.update(window.page(page, _place))  # type: ignore[typeddict-item]
    return answer


def _properties(request: Mapping[str, Any]) -> TypeProperties:
    given = {ours: request[name] for name, ours in _PROPERTIES.items() if name in request}
    return cast(TypeProperties, given)


def _position(kind: QualificationType) -> paging.Position:
    return [qualifications.position_of(kind)]


def _place(hit: HIT) -> paging.Position:
    return [hit.group_id, hit.pk]


def _group_and_hit(after: paging.Position) -> tuple[int, int]:
    group_pk, hit_pk = after
    return group_pk, hit_pk
