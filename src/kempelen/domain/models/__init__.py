"""The tables, a module per noun."""

from kempelen.domain.models.assignments import Assignment, Deferral, QueueCursor
from kempelen.domain.models.hits import HIT, HITGroup, HITType
from kempelen.domain.models.people import (
    Invitation,
    LoginLink,
    Membership,
    Requester,
    User,
    Worker,
    WorkerGroup,
)
from kempelen.domain.models.projects import (
    Audience,
    Batch,
    Project,
    QueueOrder,
    Template,
    TemplateVersion,
)
from kempelen.domain.models.records import Event, Job

__all__ = [
    "HIT",
    "Assignment",
    "Audience",
    "Batch",
    "Deferral",
    "Event",
    "HITGroup",
    "HITType",
    "Invitation",
    "Job",
    "LoginLink",
    "Membership",
    "Project",
    "QueueCursor",
    "QueueOrder",
    "Requester",
    "Template",
    "TemplateVersion",
    "User",
    "Worker",
    "WorkerGroup",
]
