"""HITs that programs make through the API, group by group."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from kempelen.domain.actions import settling
from kempelen.domain.models import Membership
from kempelen.domain.queries import hit_groups, requirements
from kempelen.web.requester import failed
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.work import work_of
from kempelen.web.ui.respond import respond

PAGE = 25
HITS = 50


@require_safe
@requester_required()
def index(request: RequesterRequest) -> HttpResponse:
    """List the groups, newest first; `q` searches titles, keywords and ids."""
    search = request.GET.get("q", "").strip()[:200]
    found = hit_groups.of_programs(request.requester, search=search)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return respond(
        request,
        "requester/groups.html",
        fragment="requester/groups/_list.html",
        page=page,
        groups=hit_groups.with_counts(found, [group.pk for group in page]),
        search=search,
    )


@require_safe
@requester_required()
def show(request: RequesterRequest, group_id: str) -> HttpResponse:
    """Show a group's HITs, newest first, each with its status and its places."""
    group = hit_groups.found(request.requester, group_id)
    settling.settle_places_of(group)
    work = work_of(request.requester, group_id=group_id)
    found, after = hit_groups.hits_in(group), request.GET.get("after", "")
    is_later = after.isdecimal() and len(after) < 18
    if is_later:
        found = found.filter(pk__lt=int(after))
    page = list(found[: HITS + 1])
    return respond(
        request,
        "requester/group.html",
        work=work,
        **work.head_context(),
        failed_work=failed.shown(request, group),
        hits=page[:HITS],
        after=page[HITS - 1].pk if len(page) > HITS else "",
        is_later=is_later,
        may_edit=request.membership.includes(Membership.Role.EDITOR),
        link=request.build_absolute_uri(reverse("worker:group", args=[group.public_id])),
        required=requirements.in_words(group.hit_type.qualification_requirements),
    )
