"""The files of projects: uploaded once, replaced, removed, taken along by copies."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet, Sum

from kempelen.domain import clock, events, file_paths, project_events, stored_files
from kempelen.domain.errors import InvalidValue, WrongState
from kempelen.domain.models import Project, ProjectFile, User

MOST_FILES = 2_000
_PROJECT_IN_UPLOADS = 4
_KEPT = timedelta(days=1)
_REMOVED_AT_ONCE = 200


def files_of(project: Project) -> QuerySet[ProjectFile]:
    """Give the files that the project's template can load, by their paths."""
    return ProjectFile.objects.filter(project=project, uploaded_at__isnull=False).order_by("path")


def paths_of(project: Project) -> set[str]:
    """Give the relative addresses of the project's files."""
    return set(files_of(project).order_by().values_list("path", flat=True))


def most_bytes() -> int:
    """Give how much all files of one project may have together."""
    return int(settings.KEMPELEN_UPLOAD_LIMIT) * _PROJECT_IN_UPLOADS


def put(project: Project, content: "File[bytes]", *, path: str, by: User | None = None) -> ProjectFile:
    """Store a file at its path, in place of one that stands there; batches that are out get the new one.

    A row that says that it comes, its bytes, then that they are there: slow storage holds no lock, and what
    fails or dies leaves at most what `remove_left_over` finds.
    """
    path = file_paths.checked(path)
    looks_like = stored_files.media_type_of(content)
    file_paths.check_content(path, looks_like=looks_like, is_text=stored_files.is_text(content))
    new = _announce(project, path, content.size, by)
    try:
        stored_files.put(new, content)
        replaced = _stand_in_place(project, new, by)
    except BaseException:
        stored_files.remove(new.storage_key)
        ProjectFile.objects.filter(pk=new.pk, uploaded_at=None).delete()
        raise
    _remove(replaced)
    return new


def remove(project: Project, paths: Iterable[str], *, by: User | None = None) -> int:
    """Remove the files at these paths; give how many there were."""
    with transaction.atomic():
        _lock(project)
        gone = list(files_of(project).filter(path__in=list(paths)[:MOST_FILES]))
        ProjectFile.objects.filter(pk__in=[file.pk for file in gone]).update(uploaded_at=None)
        for file in gone:
            _record(project, file.path, "removed", by)
    _remove(gone)
    return len(gone)


def copy_all(source: Project, copy: Project, *, by: User | None = None) -> None:
    """Let the copy have the files of the source; bytes are not copied.  Call it in a transaction.

    The source is locked, so that nobody removes bytes that get another row meanwhile.
    """
    _lock(source)
    now = clock.now()
    ProjectFile.objects.bulk_create(
        ProjectFile(
            project=copy,
            path=file.path,
            size=file.size,
            media_type=file.media_type,
            storage_key=file.storage_key,
            created_by=by,
            begun_at=now,
            uploaded_at=now,
        )
        for file in files_of(source)
    )


def remove_left_over() -> int:
    """Remove what is left of uploads and removals that were cut short, a day later; give how many."""
    over = ProjectFile.objects.filter(uploaded_at=None, begun_at__lt=clock.now() - _KEPT)
    removed = 0
    while some := list(over.order_by("begun_at")[:_REMOVED_AT_ONCE]):
        _remove(some)
        removed += len(some)
    return removed


@transaction.atomic
def _announce(project: Project, path: str, size: int, by: User | None) -> ProjectFile:
    limit = settings.KEMPELEN_UPLOAD_LIMIT
    if size > limit:
        raise InvalidValue("path", f"“{path}” has {_megabytes(size)}; at most {_megabytes(limit)} are taken.")
    if not stored_files.has_room(size):
        raise WrongState("The server has no room for files now. Ask its administrator.")
    _lock(project)
    others = files_of(project).exclude(path=path).order_by()
    if others.count() >= MOST_FILES:
        raise InvalidValue("path", f"A project can have {MOST_FILES:,} files; remove some first.")
    if (others.aggregate(sum=Sum("size"))["sum"] or 0) + size > most_bytes():
        message = f"There is no room for “{path}”: a project’s files have {_megabytes(most_bytes())} at most."
        raise InvalidValue("path", message)
    return ProjectFile.objects.create(
        project=project,
        path=path,
        size=size,
        media_type=file_paths.type_of(path),
        created_by=by,
        begun_at=clock.now(),
    )


@transaction.atomic
def _stand_in_place(project: Project, new: ProjectFile, by: User | None) -> list[ProjectFile]:
    """Let the new file be the one at its path; give what stood there."""
    _lock(project)
    old = list(files_of(project).filter(path=new.path))
    ProjectFile.objects.filter(pk__in=[file.pk for file in old]).update(uploaded_at=None)
    new.uploaded_at = clock.now()
    if not ProjectFile.objects.filter(pk=new.pk).update(uploaded_at=new.uploaded_at):
        raise WrongState("This upload took too long; choose the file again.")
    _record(project, new.path, "replaced" if old else "added", by)
    return old


def _remove(hidden: Iterable[ProjectFile]) -> None:
    """Remove files that nobody sees any more; bytes that a copy of the project has stay."""
    for file in hidden:
        if not ProjectFile.objects.filter(storage_key=file.storage_key, uploaded_at__isnull=False).exists():
            stored_files.remove(file.storage_key)
        ProjectFile.objects.filter(pk=file.pk, uploaded_at=None).delete()


def _lock(project: Project) -> None:
    Project.objects.select_for_update().only("pk").get(pk=project.pk)


def _record(project: Project, path: str, done: str, by: User | None) -> None:
    data = {"project": project.number, "path": path, "done": done}
    events.record(project_events.ProjectFileChanged(project.requester, by=by, data=data))


def _megabytes(size: int) -> str:
    return f"{size / 10**6:,.1f} MB".replace(".0 ", " ")
