"""The log of who did what: events that are marked for it (`events.Happening.is_audited`), newest first."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from kempelen.domain.models import Batch, Event, Requester, User

_AT_ONCE = 500


@dataclass(frozen=True)
class Line:
    """An event with the people and things that it names; what is gone is None or empty."""

    event: Event
    by: User | None
    user: User | None
    requester: Requester | None
    batch: str


def log_of(requester: Requester | None = None) -> QuerySet[Event]:
    """Give the log of a requester, or of the whole server with what happened to accounts."""
    found = Event.objects.filter(is_audited=True).order_by("-pk")
    return found if requester is None else found.filter(requester_pk=requester.pk)


def narrowed(
    log: QuerySet[Event],
    *,
    kinds: Collection[str] = (),
    who: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[Event]:
    """Give what of the log is of these kinds, done by or to a user of this name, and from within the time."""
    if kinds:
        log = log.filter(kind__in=kinds)
    if who:
        pks = list(User.objects.filter(username__iexact=who).values_list("pk", flat=True))
        log = log.filter(Q(user_pk__in=pks) | Q(data__user__in=pks)) if pks else log.none()
    if since is not None:
        log = log.filter(at__gte=since)
    return log.filter(at__lt=until) if until is not None else log


def told(events: Iterable[Event]) -> list[Line]:
    """Give the lines for a page of the log; three queries for all of them."""
    events = list(events)
    users = User.objects.in_bulk({pk for event in events for pk in _users_in(event)})
    requesters = Requester.objects.in_bulk({event.requester_pk for event in events if event.requester_pk})
    batches = Batch.objects.only("name").in_bulk({event.batch_pk for event in events if event.batch_pk})
    return [
        Line(
            event,
            by=users.get(event.user_pk or 0),
            user=users.get(event.data.get("user", 0)),
            requester=requesters.get(event.requester_pk or 0),
            batch=batches[event.batch_pk].name if event.batch_pk in batches else "",
        )
        for event in events
    ]


def all_told(log: QuerySet[Event]) -> Iterator[Line]:
    """Give every line, page by page of the index, for a file."""
    last: int | None = None
    while page := list((log if last is None else log.filter(pk__lt=last))[:_AT_ONCE]):
        yield from told(page)
        last = page[-1].pk


def _users_in(event: Event) -> list[int]:
    return [pk for pk in (event.user_pk, event.data.get("user")) if isinstance(pk, int)]
