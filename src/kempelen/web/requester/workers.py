"""The workers who worked for a requester: their figures, sorted, filtered and searched."""

from typing import Any

from django.http.response import HttpResponseBase
from django.utils.http import urlencode

from kempelen.domain.actions import worker_groups
from kempelen.domain.ids import new_id
from kempelen.domain.models import Membership, WorkersChange
from kempelen.domain.queries import workers
from kempelen.domain.queries.workers import ChosenWorkers
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.ui.respond import respond

PAGE = 50
REVIEWER, EDITOR = Membership.Role.REVIEWER, Membership.Role.EDITOR
Kind = WorkersChange.Kind
# What can be done with many at once, and by whom.
KINDS = {
    Kind.MESSAGE: REVIEWER,
    Kind.BLOCK: EDITOR,
    Kind.UNBLOCK: EDITOR,
    Kind.GRANT: EDITOR,
    Kind.REVOKE: EDITOR,
    Kind.ADD_TO_GROUP: EDITOR,
}
_BLOCKED_SHOWN = 50


@requester_required()
def index(request: RequesterRequest) -> HttpResponseBase:
    """Show a page of the workers, in the order and of the kind that the address asks for."""
    chosen = ChosenWorkers.from_query(request.GET)
    after = request.GET.get("after", "")[:64].replace("\0", "")
    page = workers.page(request.requester, chosen, after=after, size=PAGE)
    return respond(
        request,
        "requester/workers.html",
        fragment="requester/workers/_list.html",
        chosen=chosen,
        query=urlencode(chosen.as_query()),
        records=page.records,
        after=page.after,
        is_later=bool(after),
        kinds=kinds_for(request),
        count=chosen.records(request.requester).count() if page.records else 0,
        default_order=workers.USUAL_SORT,
        blocked_elsewhere=_blocked_elsewhere(request, chosen) if not after else (),
        may_edit=request.membership.includes(EDITOR),
        token=new_id(),
        **choices(request),
    )


def kinds_for(request: RequesterRequest) -> list[tuple[str, str]]:
    """Give what this member may do with many workers: names and words."""
    return [(kind.value, kind.label) for kind, role in KINDS.items() if request.membership.includes(role)]


def choices(request: RequesterRequest) -> dict[str, Any]:
    """Give the qualification types and worker groups that can be chosen."""
    return {
        "types": list(workers.own_types(request.requester).only("public_id", "name")),
        "groups": list(worker_groups.groups_of(request.requester)),
    }


def _blocked_elsewhere(request: RequesterRequest, chosen: ChosenWorkers) -> Any:
    """Give who is blocked without ever having worked here, where the blocked are asked for."""
    if chosen.as_query().keys() - {"sort"} != {"blocked"} or chosen.blocked != workers.BLOCKED:
        return ()
    return workers.blocked_without_work(request.requester, size=_BLOCKED_SHOWN)
