"""One qualification: what it is, how it is got, what the worker has of it and did for it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kempelen.domain.actions import overdue_tests
from kempelen.domain.errors import DocumentRefused
from kempelen.domain.models import Qualification, QualificationRequest, QualificationType
from kempelen.domain.qualifications import taken_tests
from kempelen.domain.queries import qualifications as queries
from kempelen.web.worker.identity import WorkerRequest
from kempelen.web.worker.offers import offer

_MOST_SHOWN = 50


@dataclass(frozen=True)
class Attempt:
    """A request of the worker's."""

    asked: QualificationRequest

    @property
    def seconds_taken(self) -> float | None:
        """How long the test took, from its beginning to its answers."""
        if self.asked.deadline_at is None or self.asked.submitted_at is None:
            return None
        return (self.asked.submitted_at - self.asked.asked_at).total_seconds()


@require_safe
@never_cache
def qualification(request: WorkerRequest, type_id: str) -> HttpResponse:
    """Show the qualification, and what the worker can do about it."""
    worker = request.worker
    kind = queries.shown_to(worker, type_id)
    held, attempts = None, list[QualificationRequest]()
    if worker is not None:
        overdue_tests.settle_of_worker(worker)
        held = Qualification.objects.filter(worker=worker, qualification_type=kind).first()
        attempts = queries.history_of(worker, kind, size=_MOST_SHOWN)
    context = {
        "kind": kind,
        "held": held,
        "offer": offer(kind, held, attempts[0] if attempts else None),
        "attempts": [Attempt(asked) for asked in attempts],
        "questions": _questions_of(kind),
        "is_scored_at_once": bool(kind.answer_key),
    }
    return render(request, "worker/qualification.html", context)


def _questions_of(kind: QualificationType) -> int | None:
    """Give how many questions the test has; None where there is none, or none that can be shown."""
    try:
        return taken_tests.count_questions(kind.test) if kind.test else None
    except DocumentRefused:
        return None
