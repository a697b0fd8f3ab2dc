"""Assignments as they are read: one by one, and those of a HIT."""

from django.urls import reverse

from kempelen.api import paging
from kempelen.api.callers import Caller
from kempelen.api.handlers import Role, operation
from kempelen.api.structures import assignment_structure, hit_structure
from kempelen.aws import shapes
from kempelen.domain import file_links
from kempelen.domain.actions import settled
from kempelen.domain.errors import InvalidParameter
from kempelen.domain.models import Assignment
from kempelen.domain.queries import files


@operation("GetAssignment", role=Role.VIEWER)
def get_assignment(caller: Caller, request: shapes.GetAssignmentRequest) -> shapes.GetAssignmentResponse:
    """Show submitted work and its HIT."""
    assignment = settled.submitted_assignment(caller.requester, request["AssignmentId"])
    return {"Assignment": assignment_structure(assignment), "HIT": hit_structure(assignment.hit)}


@operation("ListAssignmentsForHIT", role=Role.VIEWER)
def list_assignments_for_hit(
    caller: Caller, request: shapes.ListAssignmentsForHITRequest
) -> shapes.ListAssignmentsForHITResponse:
    """List a HIT's submitted work in the order of submission, whatever the HIT's status."""
    window = paging.window("ListAssignmentsForHIT", caller.requester, request)
    page = settled.work_on(
        caller.requester,
        request["HITId"],
        request.get("AssignmentStatuses") or Assignment.DONE,
        after=window.after_moment,
        size=window.size,
    )
    answer: shapes.ListAssignmentsForHITResponse = {
        "Assignments": [assignment_structure(assignment) for assignment in page]
    }
    answer.update(window.page(page, paging.moment))  # type: ignore[typeddict-item]
    return answer


@operation("GetFileUploadURL", role=Role.VIEWER)
def get_file_upload_url(
    caller: Caller, request: shapes.GetFileUploadURLRequest
) -> shapes.GetFileUploadURLResponse:
    """Give a link to an uploaded file that opens it for a minute; of several under one name, the first.

    The others go by their keys (UploadedFileKey) in place of the name.
    """
    assignment = settled.submitted_assignment(caller.requester, request["AssignmentId"])
    name = request["QuestionIdentifier"]
    file = files.of_answer(assignment, name)
    if file is None:
        raise InvalidParameter("QuestionIdentifier", name, message="This answer is no uploaded file.")
    path = reverse("content:file", args=[file_links.token_for(file.public_id)])
    return {"FileUploadURL": f"{caller.address}{path}"}
