"""The worker's home: what there is to do, and what is in hand."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_safe

from kempelen.domain import money
from kempelen.domain.models import Audience, HITGroup, Requester, Worker
from kempelen.domain.qualifications.requirements import Action
from kempelen.domain.queries import home as queries
from kempelen.domain.queries.requirements import Eligibility
from kempelen.web.ui.respond import respond, wants_fragment
from kempelen.web.worker import pace
from kempelen.web.worker.identity import WorkerRequest
from kempelen.web.worker.in_hand import in_hand

PAGE = 25
IN_HAND_SHOWN = 3
SORTS = {
    "newest": "Newest first",
    "oldest": "Oldest first",
    "reward": "Highest reward",
    "time": "Least time allowed",
    "title": "Title",
    "requester": "Requester",
}


@dataclass(frozen=True)
class Filters:
    """What the URL asks for: which groups, and in which order."""

    search: str = ""
    sort: str = "newest"
    least: str = ""
    requester: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Filters":
        """Read the filters from a URL; a value that makes no sense asks for nothing."""
        sort = query.get("sort", "")
        return cls(
            search=query.get("q", "").strip()[:200],
            sort=sort if sort in SORTS else "newest",
            least=query.get("least", "").strip()[:20],
            requester=query.get("requester", "")[:100],
        )

    @property
    def least_cents(self) -> int:
        """The least reward asked for."""
        try:
            return money.cents_of(self.least)
        except money.NotAnAmount:
            return 0

    @property
    def narrow(self) -> bool:
        """Whether they leave anything out."""
        return bool(self.search or self.least_cents or self.requester)

    def url(self) -> str:
        """Give the shortest address that asks the same, from its first page."""
        query = QueryDict(mutable=True)
        named = {"q": self.search, "least": self.least, "requester": self.requester}
        query.update({name: value for name, value in named.items() if value})
        if self.sort != "newest":
            query["sort"] = self.sort
        return f"{reverse('worker:home')}?{query.urlencode()}".rstrip("?")


@dataclass(frozen=True)
class Line:
    """One group in the list, with what it means for this worker."""

    group: HITGroup
    left: int
    mean_seconds: float | None
    may_preview: bool = True
    may_accept: bool = True

    @property
    def left_label(self) -> str:
        """How many HITs are left for the worker, exact up to 99."""
        return f"{queries.MOST_COUNTED}+" if self.left > queries.MOST_COUNTED else str(self.left)


@require_safe
def home(request: WorkerRequest) -> HttpResponse:
    """Show the groups with work for this visitor; searching by htmx replaces the list alone."""
    filters = Filters.read(request.GET)
    is_logged_in = request.user.is_authenticated
    groups = queries.listing(
        request.worker,
        is_logged_in=is_logged_in,
        search=filters.search,
        sort=filters.sort,
        least_reward_cents=filters.least_cents,
        requester_slug=filters.requester,
    )
    page = Paginator(groups, PAGE).get_page(request.GET.get("page"))
    mine = list(in_hand(request.worker)[: IN_HAND_SHOWN + 1])
    response = respond(
        request,
        "worker/home.html",
        fragment="worker/home/_update.html",
        filters=filters,
        sorts=SORTS,
        page=page,
        lines=lines_of(request.worker, list(page.object_list)),
        only_requester=_name_of(filters.requester),
        in_hand=mine[:IN_HAND_SHOWN],
        has_more_in_hand=len(mine) > IN_HAND_SHOWN,
        needs_login=not is_logged_in and _work_for_accounts(),
    )
    if wants_fragment(request):
        response["HX-Replace-Url"] = filters.url()
    return response


def lines_of(worker: Worker | None, groups: list[HITGroup]) -> list[Line]:
    """Give the groups' lines, with as many queries for one as for a whole page."""
    left = queries.left_for(worker, groups)
    means = pace.mean_seconds(groups)
    given = {group.pk: group.hit_type.qualification_requirements for group in groups}
    eligibility = Eligibility(worker, given.values())
    return [
        Line(
            group,
            left.get(group.pk, 0),
            means.get(group.pk),
            may_preview=eligibility.may(Action.PREVIEW, given[group.pk]),
            may_accept=eligibility.may(Action.ACCEPT, given[group.pk]),
        )
        for group in groups
    ]


def _name_of(requester_slug: str) -> str:
    if not requester_slug:
        return ""
    names: Any = Requester.objects.filter(slug=requester_slug).values_list("name", flat=True)
    return names.first() or requester_slug


def _work_for_accounts() -> bool:
    """Tell whether there is work that a visitor would be given with an account."""
    for_accounts = queries.listing(None, is_logged_in=True)
    if settings.KEMPELEN_ANONYMOUS_WORK:
        for_accounts = for_accounts.exclude(audience=Audience.ANONYMOUS)
    return for_accounts.exists()
