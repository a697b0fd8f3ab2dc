"""The tables, a module per noun."""

from kempelen.domain.models.access import AccessKey, RequestToken
from kempelen.domain.models.assignments import Assignment, Deferral, EarlierAnswer, QueueCursor
from kempelen.domain.models.clocks import MovedClock
from kempelen.domain.models.decisions import BulkReview, Decision, ReviewReason
from kempelen.domain.models.exports import Export
from kempelen.domain.models.files import ProjectFile, UploadedFile
from kempelen.domain.models.hits import HIT, HITGroup, HITType
from kempelen.domain.models.imports import TurkleDatabase, TurkleRow
from kempelen.domain.models.messages import Message
from kempelen.domain.models.notices import Delivery, Notice, Notification, Transport
from kempelen.domain.models.payments import Payment
from kempelen.domain.models.people import (
    FailedLogins,
    Invitation,
    LoginLink,
    Membership,
    Requester,
    User,
    Worker,
    WorkerBlock,
    WorkerGroup,
)
from kempelen.domain.models.projects import (
    Addition,
    Audience,
    Batch,
    Permission,
    Project,
    QueueOrder,
    Template,
    TemplateLanguage,
    TemplateVersion,
)
from kempelen.domain.models.qualifications import (
    Qualification,
    QualificationRequest,
    QualificationType,
    RequiredQualification,
)
from kempelen.domain.models.records import Event, Job
from kempelen.domain.models.reviews import ReviewAction, ReviewLevel, ReviewResult
from kempelen.domain.models.statistics import (
    CountedAssignment,
    GroupProgress,
    HourOfWork,
    Scope,
    StatisticsState,
    WorkOfWorker,
    WorkTime,
)
from kempelen.domain.models.tokens import ApiToken
from kempelen.domain.models.troubles import TroubleCount, TroubleMade
from kempelen.domain.models.workers import WorkerNote, WorkerRecord, WorkersChange

__all__ = [
    "HIT",
    "AccessKey",
    "Addition",
    "ApiToken",
    "Assignment",
    "Audience",
    "Batch",
    "BulkReview",
    "CountedAssignment",
    "Decision",
    "Deferral",
    "Delivery",
    "EarlierAnswer",
    "Event",
    "Export",
    "FailedLogins",
    "GroupProgress",
    "HITGroup",
    "HITType",
    "HourOfWork",
    "Invitation",
    "Job",
    "LoginLink",
    "Membership",
    "Message",
    "MovedClock",
    "Notice",
    "Notification",
    "Payment",
    "Permission",
    "Project",
    "ProjectFile",
    "Qualification",
    "QualificationRequest",
    "QualificationType",
    "QueueCursor",
    "QueueOrder",
    "RequestToken",
    "Requester",
    "RequiredQualification",
    "ReviewAction",
    "ReviewLevel",
    "ReviewReason",
    "ReviewResult",
    "Scope",
    "StatisticsState",
    "Template",
    "TemplateLanguage",
    "TemplateVersion",
    "Transport",
    "TroubleCount",
    "TroubleMade",
    "TurkleDatabase",
    "TurkleRow",
    "UploadedFile",
    "User",
    "WorkOfWorker",
    "WorkTime",
    "Worker",
    "WorkerBlock",
    "WorkerGroup",
    "WorkerNote",
    "WorkerRecord",
    "WorkersChange",
]
