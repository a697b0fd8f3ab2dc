"""What requesters tell workers: on the worker's page of messages, and by mail where there is an address."""

from django.conf import settings
from django.db import transaction

from kempelen.domain import answers, clock
from kempelen.domain.actions import deliveries
from kempelen.domain.errors import InvalidValue
from kempelen.domain.models import Notice, Requester, Transport, Worker

# mturk-api.md, NotifyWorkers.
LONGEST_SUBJECT = 200
LONGEST_TEXT = 4_096


@transaction.atomic
def tell_worker(requester: Requester, worker: Worker, subject: str, text: str) -> Notice:
    """Put a message before the worker, and mail it if the worker's user has an address.

    Blank or too long texts are `InvalidValue`.  Whether the requester may write to this worker at all is
    the caller's to know.
    """
    subject, text = checked(subject, text)
    notice = Notice.objects.create(
        requester=requester, worker=worker, subject=subject, text=text, sent_at=clock.now()
    )
    user = worker.user
    if user is not None and user.is_active and user.email:
        deliveries.write(
            requester,
            transport=Transport.EMAIL,
            destination=user.email,
            # A header is one line.
            subject=" ".join(subject.split()),
            body=_mail(requester, text),
        )
    return notice


def checked(subject: str, text: str) -> tuple[str, str]:
    """Give both as they are kept, or refuse with `InvalidValue` what is blank or too long."""
    return _fit("Subject", subject, LONGEST_SUBJECT), _fit("MessageText", text, LONGEST_TEXT)


def _fit(parameter: str, given: str, longest: int) -> str:
    if len(given) > longest:
        raise InvalidValue(
            parameter, f"{parameter} has {len(given):,} characters; at most {longest:,} are allowed."
        )
    kept = answers.storable(given).strip()
    if not kept:
        raise InvalidValue(parameter, f"{parameter} is empty.")
    return kept


def _mail(requester: Requester, text: str) -> str:
    where = f"{settings.KEMPELEN_URL}/messages/" if settings.KEMPELEN_URL else "your messages there"
    return (
        f"{text}\n\n-- \n{requester} wrote this to you as a worker on {settings.KEMPELEN_SITE_NAME}, which "
        f"did not show them your address. It is also in {where}\n"
    )
