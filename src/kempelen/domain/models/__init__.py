"""The tables, a module per noun."""

from kempelen.domain.models.assignments import Assignment, Deferral, EarlierAnswer, QueueCursor
from kempelen.domain.models.hits import HIT, HITGroup, HITType
from kempelen.domain.models.messages import Message
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
    Permission,
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
    "EarlierAnswer",
    "Event",
    "HITGroup",
    "HITType",
    "Invitation",
    "Job",
    "LoginLink",
    "Membership",
    "Message",
    "Permission",
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
