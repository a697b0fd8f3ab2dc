"""Files of results that are made in the background: asked for, made, kept for some days, removed.

A file is written beside everything first and stored when it is whole; only then its row says that it is
ready.  Who dies on the way leaves a row that is still waiting, and the next attempt begins anew.
"""

import tempfile
import time
from datetime import timedelta

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import Q, QuerySet

from kempelen.domain import clock, ids, stored_files
from kempelen.domain.actions import background, deliveries
from kempelen.domain.batches.results import ResultRow
from kempelen.domain.errors import NotFound, Refusal, WrongState
from kempelen.domain.events import record
from kempelen.domain.models import Batch, Export, HITGroup, Requester, Transport, User
from kempelen.domain.people_events import ResultsExported
from kempelen.domain.queries.result_files import ResultFile
from kempelen.domain.queries.selections import Selection

MAKE_EXPORT = "make export"
# So many may wait at once, for a requester.
MOST_WAITING = 5
KEPT = timedelta(days=7)
_TELL_SECONDS = 1.0
_FOLDER = "exports"
State = Export.State


@transaction.atomic
def ask(file: ResultFile, *, by: User) -> Export:
    """Have a file made in the background, or refuse with `WrongState` where many are already."""
    if Export.objects.filter(requester=file.requester, state=State.WAITING).count() >= MOST_WAITING:
        raise WrongState(f"{MOST_WAITING} files are being made already; wait for one of them, or remove it.")
    of = file.of
    export = Export.objects.create(
        requester=file.requester,
        batch=of if isinstance(of, Batch) else None,
        group=of if isinstance(of, HITGroup) else None,
        project=None if isinstance(of, Batch | HITGroup) else of,
        form=file.form,
        selection=file.selection.as_query(),
        file_name=file.name,
        asked_by=by,
        asked_at=clock.now(),
    )
    background.ask_for(MAKE_EXPORT, export=export.pk)
    record(ResultsExported(file.requester, by=by, data={"file": export.file_name}))
    return export


def make(export_pk: int) -> None:
    """Make a file that was asked for; one that is ready, or not wanted any more, is left as it is."""
    export = _begun(export_pk)
    if export is None:
        return
    try:
        with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as made:
            count = _Written(export)
            for piece in file_of(export).pieces(count.see):
                made.write(piece)
            size = made.tell()
            if not stored_files.has_room(size):
                raise WrongState("The server’s disk has no room for this file.")
            made.seek(0)
            stored_files.storage().save(export.storage_key, File(made))
        _appear(export, size=size, done=count.done)
    except _NotWanted:
        stored_files.remove(export.storage_key)
    except Refusal as refusal:
        give_up(export_pk, str(refusal))
        raise


def give_up(export_pk: int, problem: str) -> None:
    """Say that a file could not be made."""
    waiting = Export.objects.filter(pk=export_pk, state=State.WAITING)
    waiting.update(state=State.FAILED, problem=problem)


def remove(requester: Requester, export_id: str) -> Export:
    """Remove a file, or stop its making; what is gone stays in the list for a while."""
    export = found(requester, export_id)
    Export.objects.filter(pk=export.pk).update(state=State.GONE, removed_at=clock.now())
    _clear(export)
    return export


def remove_old() -> int:
    """Remove files that have been there for long, and what is left of others; gives how many."""
    Export.objects.filter(state=State.READY, ready_at__lt=clock.now() - KEPT).update(
        state=State.GONE, removed_at=clock.now()
    )
    left = list(Export.objects.filter(~Q(storage_key=""), state__in=[State.GONE, State.FAILED]))
    for export in left:
        _clear(export)
    return len(left)


def found(requester: Requester, export_id: str) -> Export:
    """Give a file of the requester's, or refuse with `NotFound`."""
    export = Export.objects.filter(requester=requester, public_id=export_id).first()
    if export is None:
        raise NotFound("file", export_id)
    return export


def told(export: Export) -> None:
    """Note that who asked for the file knows that it is there."""
    Export.objects.filter(pk=export.pk, told_at__isnull=True).update(told_at=clock.now())


def file_of(export: Export) -> ResultFile:
    """Give what the file is of.

    Whoever asked for it, it names no worker's account: all members of the requester may fetch it.
    """
    of = export.batch or export.group or export.project
    assert of is not None
    return ResultFile(
        export.requester,
        of,
        Selection.from_query(export.selection),
        Export.Form(export.form),
    )


class _NotWanted(Exception):
    """The file was removed while it was made, or somebody else makes it by now."""


class _Written:
    """Counts the rows of a file, and tells its export of them from time to time."""

    def __init__(self, export: Export) -> None:
        self._export, self.done, self._told_at = export, 0, time.monotonic()

    def see(self, row: ResultRow) -> ResultRow:
        """Count a row."""
        self.done += 1
        if self.done % 100 == 0 and time.monotonic() - self._told_at > _TELL_SECONDS:
            self._told_at = time.monotonic()
            if not _mine(self._export).update(done=self.done):
                raise _NotWanted
        return row


def _begun(export_pk: int) -> Export | None:
    """Choose a place of its own for this attempt's bytes, and remove those of the one before."""
    related = ("requester", "batch", "group", "project", "asked_by")
    export = Export.objects.select_related(*related).filter(pk=export_pk, state=State.WAITING).first()
    if export is None:
        return None
    before, export.storage_key = export.storage_key, f"{_FOLDER}/{ids.new_id()}"
    total = None if Selection.from_query(export.selection).is_narrowed else _total(export)
    waiting = Export.objects.filter(pk=export_pk, state=State.WAITING, storage_key=before)
    if not waiting.update(storage_key=export.storage_key, done=0, total=total):
        return None
    if before:
        stored_files.remove(before)
    return export


def _total(export: Export) -> int:
    of = export.batch or export.group or export.project
    assert of is not None
    return Selection.from_query(export.selection).assignments(of).order_by().count()


@transaction.atomic
def _appear(export: Export, *, size: int, done: int) -> None:
    ready = _mine(export).update(
        state=State.READY, ready_at=clock.now(), size=size, done=done, total=done, problem=""
    )
    if not ready:
        raise _NotWanted
    user = export.asked_by
    if settings.KEMPELEN_SENDS_MAIL and user is not None and user.is_active and user.email:
        deliveries.write(
            export.requester,
            transport=Transport.EMAIL,
            destination=user.email,
            subject=f"{export.file_name} is ready",
            body=_mail(export),
        )


def _mine(export: Export) -> QuerySet[Export]:
    return Export.objects.filter(pk=export.pk, state=State.WAITING, storage_key=export.storage_key)


def _mail(export: Export) -> str:
    address = f"{settings.KEMPELEN_URL}/r/{export.requester.slug}/exports/"
    where = address if settings.KEMPELEN_URL else "the page of files there"
    return (
        f"The file of results that you asked for, {export.file_name}, is ready on "
        f"{settings.KEMPELEN_SITE_NAME}. Members of {export.requester} find it for {KEPT.days} days "
        f"at\n\n{where}\n"
    )


def _clear(export: Export) -> None:
    """Remove the bytes first: a row that still names them is found again."""
    if export.storage_key:
        stored_files.remove(export.storage_key)
        Export.objects.filter(pk=export.pk, storage_key=export.storage_key).update(storage_key="")
