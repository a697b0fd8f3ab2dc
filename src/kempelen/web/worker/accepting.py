"""Accepting HITs, and putting them off."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kempelen.domain.actions import claims
from kempelen.web.worker import doors
from kempelen.web.worker.identity import WorkerRequest, worker_for_accept


@require_POST
def accept(request: WorkerRequest, hit_id: str) -> HttpResponse:
    """Take a place on this HIT and open it."""
    hit = doors.hit_of(request, hit_id)
    assignment = claims.accept(worker_for_accept(request, hit.group), hit)
    return redirect("worker:work", assignment.public_id)


@require_POST
def accept_next(request: WorkerRequest, group_id: str) -> HttpResponse:
    """Open what the worker has in hand of the group, else take the next; with `another`, take one more."""
    group = doors.group_of(request, group_id)
    take = claims.accept_next if request.POST.get("another") else claims.accept_or_resume
    assignment = take(worker_for_accept(request, group), group)
    return redirect("worker:work", assignment.public_id)


@require_POST
def skip(request: WorkerRequest, hit_id: str) -> HttpResponse:
    """Put the HIT off without having accepted it, and look at the next one."""
    hit = doors.hit_of(request, hit_id)
    claims.put_off(worker_for_accept(request, hit.group), hit)
    messages.info(request, "Skipped. You will see that HIT again after all others of its group.")
    return redirect("worker:preview_next", hit.group.public_id)
