"""Arguments of all 39 operations, sound and about things that one requester has.

Whoever calls with them and is somebody else must learn nothing and change nothing; and whatever is made of
them by spoiling them must be refused or done, but never make the server fail.
"""

from dataclasses import dataclass
from typing import Any

from kempelen.domain.actions import assignments, claims, qualifications
from kempelen.domain.models import HIT, Assignment, Worker
from tests.contract.api.in_process import Client
from tests.contract.api.qualification_types import ANSWER_KEY, TEST
from tests.domain.api_hits import html_question
from tests.domain.quality.policies import known_answers, plurality
from tests.factories import a_project

QUEUE = {
    "Destination": "https://sqs.us-east-1.amazonaws.com/123456789012/events",
    "Transport": "SQS",
    "Version": "2006-05-05",
    "EventTypes": ["AssignmentSubmitted"],
}
PROPERTIES = {
    "Title": "Secret birds",
    "Description": "Say which.",
    "Keywords": "birds",
    "Reward": "0.05",
    "AssignmentDurationInSeconds": 600,
    "AutoApprovalDelayInSeconds": 3600,
}


@dataclass(frozen=True)
class Things:
    """One of everything that a requester can have, by id."""

    hit: str
    hit_type: str
    other_hit_type: str
    reviewable_hit: str
    done_hit: str
    layout: str
    submitted: str
    approved: str
    kind: str
    kind_name: str
    asked: str
    worker: str
    token: str

    @property
    def ids(self) -> frozenset[str]:
        """What must not appear in an answer to anybody else, beyond what the question itself said."""
        return frozenset(vars(self).values()) - {self.worker, self.kind_name}


def things_of(mturk: Client, requester: Any, cleo: Worker, dan: Worker) -> Things:
    """Make one of everything: HITs in several states, work, money, a block, a qualification, a request."""
    kind = mturk.create_qualification_type(
        Name="Secret handshake",
        Description="Known to few.",
        QualificationTypeStatus="Active",
        RetryDelayInSeconds=0,
    )["QualificationType"]
    hit = _a_hit(mturk, MaxAssignments=5, UniqueRequestToken="once")
    open_work = _work(cleo, hit["HITId"])
    reviewable = _a_hit(mturk)
    _work(cleo, reviewable["HITId"])
    done = _a_hit(mturk)
    approved = _work(cleo, done["HITId"])
    mturk.approve_assignment(AssignmentId=approved)
    mturk.send_bonus(WorkerId=cleo.public_id, AssignmentId=approved, BonusAmount="1.00", Reason="Secret.")
    mturk.create_worker_block(WorkerId=dan.public_id, Reason="Secret.")
    mturk.associate_qualification_with_worker(
        QualificationTypeId=kind["QualificationTypeId"], WorkerId=cleo.public_id, IntegerValue=7
    )
    mturk.update_notification_settings(HITTypeId=hit["HITTypeId"], Notification=QUEUE, Active=False)
    other = mturk.create_hit_type(**{**PROPERTIES, "Title": "Other secrets"})["HITTypeId"]
    asked = qualifications.request(dan, kind["QualificationTypeId"])
    return Things(
        hit=hit["HITId"],
        hit_type=hit["HITTypeId"],
        other_hit_type=other,
        reviewable_hit=reviewable["HITId"],
        done_hit=done["HITId"],
        layout=a_project(requester, name="Secret layout").template.public_id,
        submitted=open_work,
        approved=approved,
        kind=kind["QualificationTypeId"],
        kind_name=kind["Name"],
        asked=asked.public_id,
        worker=cleo.public_id,
        token=mturk.list_hits(MaxResults=1)["NextToken"],
    )


def arguments(its: Things) -> dict[str, dict[str, Any]]:
    """Sound arguments of every operation, with the ids of these things wherever an id can be given."""
    return _of_hits(its) | _of_work(its) | _of_qualifications(its) | _of_the_rest(its)


def _of_hits(its: Things) -> dict[str, dict[str, Any]]:
    requirement = {"QualificationTypeId": its.kind, "Comparator": "GreaterThan", "IntegerValues": [3]}
    return {
        "CreateHIT": {
            **PROPERTIES,
            "MaxAssignments": 3,
            "LifetimeInSeconds": 3600,
            "HITLayoutId": its.layout,
            "HITLayoutParameters": [{"Name": "text", "Value": "one"}],
            "QualificationRequirements": [requirement],
            "RequesterAnnotation": "mine",
            "AssignmentReviewPolicy": known_answers(AnswerKey={"a": ["no"]}),
        },
        "CreateHITType": {**PROPERTIES, "QualificationRequirements": [requirement]},
        "CreateHITWithHITType": {
            "HITTypeId": its.hit_type,
            "LifetimeInSeconds": 3600,
            "Question": html_question(),
            "HITReviewPolicy": plurality(QuestionIds=["a"]),
        },
        "GetHIT": {"HITId": its.hit},
        "ListHITs": {"MaxResults": 100},
        "ListReviewableHITs": {"HITTypeId": its.hit_type, "Status": "Reviewable"},
        "ListHITsForQualificationType": {"QualificationTypeId": its.kind},
        "ListReviewPolicyResultsForHIT": {"HITId": its.hit, "PolicyLevels": ["Assignment", "HIT"]},
        "DeleteHIT": {"HITId": its.done_hit},
        "UpdateExpirationForHIT": {"HITId": its.hit, "ExpireAt": 0},
        "CreateAdditionalAssignmentsForHIT": {"HITId": its.hit, "NumberOfAdditionalAssignments": 1},
        "UpdateHITReviewStatus": {"HITId": its.reviewable_hit},
        "UpdateHITTypeOfHIT": {"HITId": its.hit, "HITTypeId": its.other_hit_type},
    }


def _of_work(its: Things) -> dict[str, dict[str, Any]]:
    return {
        "GetAssignment": {"AssignmentId": its.submitted},
        "ListAssignmentsForHIT": {"HITId": its.hit, "AssignmentStatuses": ["Submitted"]},
        "GetFileUploadURL": {"AssignmentId": its.submitted, "QuestionIdentifier": "answer"},
        "ApproveAssignment": {"AssignmentId": its.submitted, "RequesterFeedback": "Thanks."},
        "RejectAssignment": {"AssignmentId": its.submitted, "RequesterFeedback": "No."},
        "SendBonus": {
            "WorkerId": its.worker,
            "AssignmentId": its.approved,
            "BonusAmount": "0.50",
            "Reason": "More.",
        },
        "ListBonusPayments": {"AssignmentId": its.approved},
    }


def _of_qualifications(its: Things) -> dict[str, dict[str, Any]]:
    held = {"QualificationTypeId": its.kind, "WorkerId": its.worker}
    return {
        "CreateQualificationType": {
            "Name": its.kind_name,
            "Description": "Mine.",
            "QualificationTypeStatus": "Active",
            "Test": TEST,
            "AnswerKey": ANSWER_KEY,
            "TestDurationInSeconds": 60,
        },
        "GetQualificationType": {"QualificationTypeId": its.kind},
        "ListQualificationTypes": {"MustBeRequestable": False, "MustBeOwnedByCaller": True},
        "UpdateQualificationType": {"QualificationTypeId": its.kind, "Description": "Mine now."},
        "DeleteQualificationType": {"QualificationTypeId": its.kind},
        "AssociateQualificationWithWorker": {**held, "IntegerValue": 99},
        "DisassociateQualificationFromWorker": {**held, "Reason": "Gone."},
        "GetQualificationScore": held,
        "ListWorkersWithQualificationType": {"QualificationTypeId": its.kind},
        "ListQualificationRequests": {"QualificationTypeId": its.kind},
        "AcceptQualificationRequest": {"QualificationRequestId": its.asked, "IntegerValue": 5},
        "RejectQualificationRequest": {"QualificationRequestId": its.asked, "Reason": "No."},
    }


def _of_the_rest(its: Things) -> dict[str, dict[str, Any]]:
    return {
        "GetAccountBalance": {},
        "CreateWorkerBlock": {"WorkerId": its.worker, "Reason": "Mine."},
        "DeleteWorkerBlock": {"WorkerId": its.worker},
        "ListWorkerBlocks": {},
        "NotifyWorkers": {"Subject": "Hello", "MessageText": "Come.", "WorkerIds": [its.worker]},
        "UpdateNotificationSettings": {"HITTypeId": its.hit_type, "Notification": QUEUE, "Active": True},
        "SendTestEventNotification": {"Notification": QUEUE, "TestEventType": "Ping"},
    }


def _a_hit(mturk: Client, **members: Any) -> dict[str, Any]:
    given = {**PROPERTIES, "LifetimeInSeconds": 3600, "Question": html_question(), **members}
    hit: dict[str, Any] = mturk.create_hit(**given)["HIT"]
    return hit


def _work(worker: Worker, hit_id: str) -> str:
    accepted: Assignment = claims.accept(worker, HIT.objects.get(public_id=hit_id))
    return assignments.submit(accepted.public_id, {"a": "yes"}).assignment.public_id
