"""Qualifications of workers: given, taken away, asked for, listed."""

from kempelen.api import paging
from kempelen.api.callers import Caller
from kempelen.api.handlers import Role, operation
from kempelen.aws import shapes
from kempelen.domain.actions import qualifications
from kempelen.domain.models import Qualification, QualificationRequest
from kempelen.domain.queries import qualifications as queries
from kempelen.domain.questions import answers, form_parts


def qualification_structure(held: Qualification, type_id: str) -> shapes.Qualification:
    """Give what a worker holds, or held, as the API shows it."""
    shown: shapes.Qualification = {
        "QualificationTypeId": type_id,
        "WorkerId": held.worker.public_id,
        "GrantTime": held.granted_at,
        "Status": held.status,  # type: ignore[typeddict-item]
    }
    if held.value is not None:
        shown["IntegerValue"] = held.value
    return shown


def request_structure(asked: QualificationRequest) -> shapes.QualificationRequest:
    """Give a pending request, with the test that was taken for it, if there is one."""
    shown: shapes.QualificationRequest = {
        "QualificationRequestId": asked.public_id,
        "QualificationTypeId": asked.qualification_type.public_id,
        "WorkerId": asked.worker.public_id,
        "SubmitTime": asked.submitted_at or asked.asked_at,
    }
    if asked.test:
        shown["Test"] = asked.test
    if asked.answers is not None:
        shown["Answer"] = answers.to_xml(asked.answers, questions=form_parts.identifiers(asked.test))
    return shown


@operation("AssociateQualificationWithWorker", role=Role.EDITOR)
def associate_qualification_with_worker(
    caller: Caller, request: shapes.AssociateQualificationWithWorkerRequest
) -> None:
    """Give a worker the qualification or another value of it."""
    qualifications.associate(
        caller.requester,
        request["QualificationTypeId"],
        request["WorkerId"],
        value=request.get("IntegerValue"),
        sends_notification=request.get("SendNotification", True),
        by=caller.user,
    )


@operation("DisassociateQualificationFromWorker", role=Role.EDITOR)
def disassociate_qualification_from_worker(
    caller: Caller, request: shapes.DisassociateQualificationFromWorkerRequest
) -> None:
    """Take a worker's qualification away; it stays listed as Revoked."""
    qualifications.disassociate(
        caller.requester,
        request["QualificationTypeId"],
        request["WorkerId"],
        reason=request.get("Reason", ""),
        by=caller.user,
    )


@operation("GetQualificationScore", role=Role.VIEWER)
def get_qualification_score(
    caller: Caller, request: shapes.GetQualificationScoreRequest
) -> shapes.GetQualificationScoreResponse:
    """Show a worker's value of one of the caller's types."""
    type_id = request["QualificationTypeId"]
    held = queries.score(caller.requester, type_id, request["WorkerId"])
    return {"Qualification": qualification_structure(held, type_id)}


@operation("ListWorkersWithQualificationType", role=Role.VIEWER)
def list_workers_with_qualification_type(
    caller: Caller, request: shapes.ListWorkersWithQualificationTypeRequest
) -> shapes.ListWorkersWithQualificationTypeResponse:
    """List who holds one of the caller's types, or held it."""
    window = paging.window("ListWorkersWithQualificationType", caller.requester, request)
    kind = queries.own_type(caller.requester, request["QualificationTypeId"])
    page = queries.holders(
        kind,
        request.get("Status", "Granted"),
        after=window.after_key,
        size=window.size,
    )
    answer: shapes.ListWorkersWithQualificationTypeResponse = {
        "Qualifications": [qualification_structure(held, kind.public_id) for held in page]
    }
    answer.update(window.page(page, lambda held: [held.pk]))  # type: ignore[typeddict-item]
    return answer


@operation("ListQualificationRequests", role=Role.VIEWER)
def list_qualification_requests(
    caller: Caller, request: shapes.ListQualificationRequestsRequest
) -> shapes.ListQualificationRequestsResponse:
    """List what workers wait for, oldest first."""
    window = paging.window("ListQualificationRequests", caller.requester, request)
    type_id = request.get("QualificationTypeId")
    page = queries.pending_requests(
        caller.requester,
        queries.own_type(caller.requester, type_id) if type_id is not None else None,
        after=window.after_moment,
        size=window.size,
    )
    answer: shapes.ListQualificationRequestsResponse = {
        "QualificationRequests": [request_structure(asked) for asked in page]
    }
    answer.update(window.page(page, paging.moment))  # type: ignore[typeddict-item]
    return answer


@operation("AcceptQualificationRequest", role=Role.EDITOR)
def accept_qualification_request(caller: Caller, request: shapes.AcceptQualificationRequestRequest) -> None:
    """Grant what a worker asked for."""
    qualifications.accept_request(
        caller.requester,
        request["QualificationRequestId"],
        value=request.get("IntegerValue"),
        by=caller.user,
    )


@operation("RejectQualificationRequest", role=Role.EDITOR)
def reject_qualification_request(caller: Caller, request: shapes.RejectQualificationRequestRequest) -> None:
    """Refuse what a worker asked for."""
    qualifications.reject_request(
        caller.requester,
        request["QualificationRequestId"],
        reason=request.get("Reason", ""),
        by=caller.user,
    )
