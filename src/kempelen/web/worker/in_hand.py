"""The assignments that a worker has accepted and not yet given back in any way."""

from django.db.models import QuerySet

from kempelen.domain.models import Assignment, Worker
from kempelen.domain.queries import home


def in_hand(worker: Worker | None) -> QuerySet[Assignment]:
    """Give what the worker may still submit in time, most urgent first; nothing for somebody new."""
    return without_content(home.in_hand(worker)) if worker is not None else Assignment.objects.none()


def without_content(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Leave what only the task's page needs in the database: it may be large, and lists are long."""
    return assignments.defer("answers", "draft", "hit__inputs", "hit__question")
