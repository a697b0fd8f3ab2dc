"""What the ids in a worker's URLs open, and for whom; everything else looks as if it did not exist."""

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from kempelen.domain.models import HIT, Assignment, HITGroup
from kempelen.domain.prepared import Prepared, Slot
from kempelen.domain.queries import access
from kempelen.web.worker.identity import LoginNeeded, WorkerRequest


def group_of(request: WorkerRequest, group_id: str) -> HITGroup:
    """Give the HIT group if this visitor may work on it, open or paused."""
    return _admitted(request, HITGroup.objects.filter(public_id=group_id))


def group_by_any_id(request: WorkerRequest, public_id: str) -> HITGroup:
    """Give the group of this HITGroupId, or the newest of this HITTypeId that the visitor may work on."""
    return _admitted(
        request, HITGroup.objects.filter(Q(public_id=public_id) | Q(hit_type__public_id=public_id))
    )


def hit_of(request: WorkerRequest, hit_id: str) -> HIT:
    """Give the HIT, without its task's content, if its group lets this visitor in."""
    hit = HIT.objects.filter(public_id=hit_id).defer("inputs", "question").first()
    if hit is None:
        raise Http404("There is no such HIT, or it is not for you.")
    hit.group = _admitted(request, HITGroup.objects.filter(pk=hit.group_id))
    return hit


def hit_to_talk_about(request: WorkerRequest, hit_id: str) -> HIT:
    """Give the HIT if the worker has had it, or could have it."""
    if request.worker is None:
        return hit_of(request, hit_id)
    had = HIT.objects.filter(public_id=hit_id, assignments__worker=request.worker).defer("inputs", "question")
    return had.select_related("group__hit_type", "group__requester").first() or hit_of(request, hit_id)


def assignment_of(request: WorkerRequest, assignment_id: str) -> Assignment:
    """Give the worker's own assignment; nobody else's is ever found."""
    worker = request.worker
    found = None if worker is None else _MINE.first(id=assignment_id, worker=worker.pk)
    if worker is None or found is None:
        raise Http404("There is no such assignment, or it is not yours.")
    found.worker = worker
    # As it was accepted, whatever type the HIT has now.
    found.hit.hit_type = found.group.hit_type
    return found


_MINE = Prepared(
    lambda: (
        Assignment.objects.filter(public_id=Slot("id"), worker=Slot("worker"))
        .select_related("hit", "group__hit_type")
        .defer("hit__inputs", "hit__question")
    )
)


def _admitted(request: WorkerRequest, groups: QuerySet[HITGroup]) -> HITGroup:
    """Give the newest of the groups that lets the visitor in; ask to log in where that might help."""
    seen = (
        groups.exclude(status=HITGroup.Status.HIDDEN).select_related("hit_type", "requester").order_by("-pk")
    )
    is_logged_in = request.user.is_authenticated
    group = seen.filter(access.audience_of(request.worker, is_logged_in=is_logged_in)).first()
    if group is not None:
        return group
    closed = seen.first()
    if closed is not None and not is_logged_in and not access.takes_anonymous(closed):
        path = (
            request.get_full_path()
            if request.method == "GET"
            else reverse("worker:group", args=[closed.public_id])
        )
        raise LoginNeeded(path)
    raise Http404("There is no such group of HITs, or it is not for you.")
