"""The worker's queue: what is in hand, and the tests that are being taken."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kempelen.domain.queries import qualifications
from kempelen.web.ui.respond import respond
from kempelen.web.worker.identity import WorkerRequest
from kempelen.web.worker.in_hand import in_hand

# Nobody does more at a time; MTurk allowed 25.
MOST_SHOWN = 100


@require_safe
def queue(request: WorkerRequest) -> HttpResponse:
    """Show what the worker has accepted and may still submit, most urgent first."""
    worker = request.worker
    tests = qualifications.running_tests(worker) if worker is not None else []
    return respond(
        request, "worker/queue.html", in_hand=list(in_hand(worker)[:MOST_SHOWN]), tests=tests[:MOST_SHOWN]
    )
