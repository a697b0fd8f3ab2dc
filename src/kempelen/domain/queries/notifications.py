"""What a requester's programs are told, where, and whether it arrives."""

from django.db.models import Q, QuerySet

from kempelen.domain.models import Delivery, Notification, Requester, Transport

# So many messages are named; a place that takes none would fill pages.
MOST_SHOWN = 20


def asked_by(requester: Requester) -> QuerySet[Notification]:
    """Give what the requester asked to be told, a row for each HIT type, newest type first."""
    asked = Notification.objects.filter(hit_type__requester=requester)
    return asked.select_related("hit_type").order_by("-hit_type__pk")


def in_trouble(requester: Requester) -> QuerySet[Delivery]:
    """Give the newest messages that could not be sent so far, or were given up.

    Mails to workers are left out: their addresses, which mail servers repeat, are not the requester's to see.
    """
    own = Notification.objects.filter(hit_type__requester=requester).values("destination")
    to_workers = Q(transport=Transport.EMAIL) & ~Q(destination__in=own)
    failed = Delivery.objects.filter(requester=requester).exclude(problem="").exclude(to_workers)
    return failed.order_by("-pk")[:MOST_SHOWN]
