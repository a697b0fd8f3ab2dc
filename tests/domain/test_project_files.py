"""Files of projects: what is kept of them, for whom, and for how long."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from kempelen.domain import clock, stored_files
from kempelen.domain.actions import project_files
from kempelen.domain.errors import InvalidValue
from kempelen.domain.models import Event, Project, ProjectFile
from tests.factories import a_project

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


@pytest.fixture(autouse=True)
def _in_memory(settings: Any) -> None:
    storage = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"files": storage}


@pytest.fixture
def project(ada) -> Project:
    return a_project(ada)


def put(project: Project, path: str = "cat.png", content: bytes = PNG) -> ProjectFile:
    return project_files.put(project, ContentFile(content), path=path)


def stored_count() -> int:
    storage = stored_files.storage()
    return sum(len(storage.listdir(folder)[1]) for folder in storage.listdir("")[0])


def test_a_file_is_stored_and_its_happening_told(project):
    file = put(project, "images/cat.png")
    assert stored_files.opened(file).read() == PNG
    assert project_files.paths_of(project) == {"images/cat.png"}
    event = Event.objects.get(kind="ProjectFileChanged")
    assert event.data == {"project": project.number, "path": "images/cat.png", "done": "added"}
    assert event.is_audited


def test_a_replaced_file_leaves_nothing_of_the_one_before(project):
    put(project)
    again = put(project, content=PNG + b"more")
    assert [file.pk for file in project_files.files_of(project)] == [again.pk]
    assert (ProjectFile.objects.count(), stored_count()) == (1, 1)


def test_a_removed_file_is_gone_with_its_bytes(project):
    put(project)
    put(project, "b.png")
    assert project_files.remove(project, ["cat.png", "never.png"]) == 1
    assert (project_files.paths_of(project), stored_count()) == ({"b.png"}, 1)


def test_a_copy_has_the_files_and_keeps_them_when_the_first_lets_them_go(project, ada):
    put(project)
    copy = a_project(ada)
    with transaction.atomic():
        project_files.copy_all(project, copy)
    project_files.remove(project, ["cat.png"])
    (kept,) = project_files.files_of(copy)
    assert stored_files.opened(kept).read() == PNG
    put(copy, content=PNG + b"new")
    assert stored_count() == 1


def test_what_fails_leaves_nothing(project, monkeypatch):
    monkeypatch.setattr(stored_files, "put", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        put(project)
    assert (ProjectFile.objects.count(), stored_count()) == (0, 0)


def test_what_was_cut_short_is_removed_a_day_later(project):
    file = put(project)
    ProjectFile.objects.filter(pk=file.pk).update(uploaded_at=None)
    assert project_files.remove_left_over() == 0
    ProjectFile.objects.filter(pk=file.pk).update(begun_at=clock.now() - timedelta(days=2))
    assert project_files.remove_left_over() == 1
    assert (ProjectFile.objects.count(), stored_count()) == (0, 0)


def test_sizes_and_numbers_have_limits(project, settings, monkeypatch):
    settings.KEMPELEN_UPLOAD_LIMIT = 20
    with pytest.raises(InvalidValue, match="at most"):
        put(project, content=PNG + b"0" * 20)
    for name in "abcde":
        put(project, f"{name}.png")
    with pytest.raises(InvalidValue, match="no room"):
        put(project, "f.png")
    put(project, "a.png")
    monkeypatch.setattr(project_files, "MOST_FILES", 5)
    with pytest.raises(InvalidValue, match="5 files"):
        put(project, "f.png")


def test_a_page_under_a_pictures_name_is_refused(project):
    with pytest.raises(InvalidValue, match="looks like text/html"):
        put(project, content=b"<!doctype html><script>1</script>")
