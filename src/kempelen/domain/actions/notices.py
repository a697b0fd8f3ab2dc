"""What requesters tell workers: on the worker's page of messages, and by mail where there is an address."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from kempelen.domain import answers, clock, events, message_events
from kempelen.domain.actions import deliveries, request_tokens
from kempelen.domain.errors import NotFound, OutOfRange, RepeatedRequest, WrongLength
from kempelen.domain.models import Assignment, Notice, Requester, Transport, User, Worker

# mturk-api.md, NotifyWorkers.
LONGEST_SUBJECT = 200
LONGEST_TEXT = 4_096
MOST_WORKERS = 100
NO_WORK_DONE = "Cannot send a notification to a worker who has not done any work for you"


@transaction.atomic
def notify_workers(
    requester: Requester,
    worker_ids: Sequence[str],
    *,
    subject: str,
    text: str,
    by: User | None = None,
    token: str = "",
) -> list[str]:
    """Write to up to 100 workers; gives the ids of those who may not be written to.

    A requester may write to a worker whose work it has approved or rejected (mturk-api.md, NotifyWorkers).
    Who is unknown looks the same as who never worked for this requester.  A call that is repeated with the
    same token writes to nobody a second time, and gives the same.
    """
    if not 1 <= len(worker_ids) <= MOST_WORKERS:
        raise OutOfRange("WorkerIds", len(worker_ids), (1, MOST_WORKERS))
    asked = dict.fromkeys(worker_ids)
    reviewed = Assignment.objects.filter(
        worker=OuterRef("pk"),
        hit__requester=requester,
        status__in=[Assignment.Status.APPROVED, Assignment.Status.REJECTED],
    )
    workers = Worker.objects.filter(Exists(reviewed), public_id__in=asked).select_related("user")
    found = {worker.public_id: worker for worker in workers}
    checked(subject, text)
    unknown = [worker_id for worker_id in asked if worker_id not in found]
    try:
        request_tokens.remember(requester, "NotifyWorkers", token)
    except RepeatedRequest:
        return unknown
    for worker_id in asked:
        if worker_id in found:
            tell_worker(requester, found[worker_id], subject, text, by=by)
    return unknown


@transaction.atomic
def tell_worker(
    requester: Requester, worker: Worker, subject: str, text: str, *, by: User | None = None
) -> Notice:
    """Put a message before the worker, and mail it if the worker's user has an address.

    Blank or too long texts are `InvalidValue`.  Whether the requester may write to this worker at all is
    the caller's to know.
    """
    subject, text = checked(subject, text)
    notice = Notice.objects.create(
        requester=requester, worker=worker, subject=subject, text=text, sent_at=clock.now()
    )
    events.record(message_events.NoticeSent(notice, by=by))
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


@transaction.atomic
def mark_read(worker: Worker, notice_id: str) -> Notice:
    """Note that the worker has read what was written to them; the first time counts."""
    notice = Notice.objects.select_related("requester").filter(worker=worker, public_id=notice_id).first()
    if notice is None:
        raise NotFound("message", notice_id)
    if notice.read_at is None:
        notice.read_at = clock.now()
        notice.save(update_fields=["read_at"])
    return notice


def mark_all_read(worker: Worker) -> int:
    """Note that the worker has read everything; gives how many notices were new."""
    return Notice.objects.filter(worker=worker, read_at__isnull=True).update(read_at=clock.now())


def checked(subject: str, text: str) -> tuple[str, str]:
    """Give both as they are kept, or refuse with `InvalidValue` what is blank or too long."""
    return _fit("Subject", subject, LONGEST_SUBJECT), _fit("MessageText", text, LONGEST_TEXT)


def _fit(parameter: str, given: str, longest: int) -> str:
    if len(given) > longest:
        raise WrongLength(
            parameter,
            limit=longest,
            message=f"{parameter} has {len(given):,} characters; at most {longest:,} are allowed.",
        )
    kept = answers.storable(given).strip()
    if not kept:
        raise WrongLength(parameter, limit=1, kind="minimum", message=f"{parameter} is empty.")
    return kept


def _mail(requester: Requester, text: str) -> str:
    site = settings.KEMPELEN_URL and f"{settings.KEMPELEN_URL}{settings.KEMPELEN_PREFIX}"
    where = f"{site}/messages/" if site else "your messages there"
    return (
        f"{text}\n\n-- \n{requester} wrote this to you as a worker on {settings.KEMPELEN_SITE_NAME}, which "
        f"did not show them your address. It is also in {where}\n"
    )
