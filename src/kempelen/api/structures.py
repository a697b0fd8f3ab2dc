"""HITs and assignments as the API shows them.

Members that are absent where nothing was set are None here, and left out on the wire.
"""

from kempelen.aws import shapes
from kempelen.domain import money
from kempelen.domain.batches import filling
from kempelen.domain.models import HIT, Assignment
from kempelen.domain.queries import tasks
from kempelen.domain.questions import answers, form_parts
from kempelen.domain.questions.xml import LONGEST_BYTES


def hit_structure(hit: HIT) -> shapes.HIT:
    """Give a HIT with its type's properties, whatever face made it (mturk-api.md §1.2, a real HIT).

    Reads `hit_type`, `group` and `template_version.template`: select or prefetch them.
    """
    hit_type = hit.hit_type
    shown: shapes.HIT = {
        "HITId": hit.public_id,
        "HITTypeId": hit_type.public_id,
        "HITGroupId": hit.group.public_id,
        "CreationTime": hit.created_at,
        "Title": hit_type.title,
        "Description": hit_type.description,
        "Keywords": hit_type.keywords,
        "HITStatus": hit.status,  # type: ignore[typeddict-item]
        "MaxAssignments": hit.max_assignments,
        "Reward": str(money.dollars_of(hit_type.reward_cents)),
        "AutoApprovalDelayInSeconds": hit_type.auto_approval_delay_seconds,
        "Expiration": hit.expires_at,
        "AssignmentDurationInSeconds": hit_type.assignment_duration_seconds,
        "QualificationRequirements": hit_type.qualification_requirements,
        "HITReviewStatus": hit.review_status,  # type: ignore[typeddict-item]
        "NumberOfAssignmentsPending": hit.pending_count,
        "NumberOfAssignmentsAvailable": hit.places_left,
        "NumberOfAssignmentsCompleted": hit.reviewed_count,
    }
    if hit.requester_annotation:
        shown["RequesterAnnotation"] = hit.requester_annotation
    if hit.template_version is not None:
        shown["HITLayoutId"] = hit.template_version.template.public_id
    if question := _question(hit):
        shown["Question"] = question
    return shown


def assignment_structure(assignment: Assignment) -> shapes.Assignment:
    """Give submitted work; Deadline was never shown of it (mturk-api.md, ListAssignmentsForHIT [S31]).

    Reads `worker` and `hit`: select them.
    """
    shown: shapes.Assignment = {
        "AssignmentId": assignment.public_id,
        "WorkerId": assignment.worker.public_id,
        "HITId": assignment.hit.public_id,
        "AssignmentStatus": assignment.status,  # type: ignore[typeddict-item]
        "AcceptTime": assignment.accepted_at,
        "Answer": answers.to_xml(
            assignment.answers or {}, questions=form_parts.identifiers(assignment.hit.question)
        ),
    }
    if assignment.submitted_at is not None:
        shown["SubmitTime"] = assignment.submitted_at
    if assignment.auto_approval_at is not None:
        shown["AutoApprovalTime"] = assignment.auto_approval_at
    # A rejection that was taken back left nothing but its approval.
    if assignment.approved_at is not None:
        shown["ApprovalTime"] = assignment.approved_at
    elif assignment.rejected_at is not None:
        shown["RejectionTime"] = assignment.rejected_at
    if assignment.feedback:
        shown["RequesterFeedback"] = assignment.feedback
    return shown


def _question(hit: HIT) -> str:
    """Give the document as it was sent, or the one that the HIT's template makes.

    Templates on the web may be larger than MTurk took any question; such a document is not shown, since a
    page of a hundred HITs would be.
    """
    if hit.template_version is None:
        return hit.question
    try:
        document = tasks.document_of(hit.template_version, hit.inputs or {})
    except filling.TemplateTrouble:
        return ""  # the task's page says what is wrong
    return document if len(document.encode()) <= LONGEST_BYTES else ""
