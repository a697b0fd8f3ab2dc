"""Files that workers upload: what is kept of them, for whose answer, and for how long."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from kempelen.domain import stored_files
from kempelen.domain.actions import assignments, files, uploading
from kempelen.domain.errors import InvalidValue, NotFound, WrongState
from kempelen.domain.models import Assignment, UploadedFile, Worker
from tests.factories import a_group, a_hit, an_assignment

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


@pytest.fixture(autouse=True)
def _in_memory(settings: Any) -> None:
    storage = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"files": storage}


def an_upload(
    assignment: Assignment, content: bytes = PNG, *, name: str = "leaf.png", **more: Any
) -> UploadedFile:
    more = {"field": "photo"} | more
    return uploading.upload(assignment.public_id, ContentFile(content), name=name, **more)


def submitted(assignment: Assignment, **answers: Any) -> Any:
    done = assignments.submit(assignment.public_id, answers).assignment
    done.refresh_from_db()
    return done.answers


def stored() -> list[str]:
    return [
        name
        for folder in stored_files.storage().listdir("")[0]
        for name in stored_files.storage().listdir(folder)[1]
    ]


def test_an_uploaded_file_is_part_of_the_answer_that_names_it(cleo: Worker) -> None:
    assignment = an_assignment(cleo)
    photo = an_upload(assignment)
    given = {"file": photo.public_id, "name": "what the page said.exe", "size": 7}
    assert submitted(assignment, photo=given) == {
        "photo": {"file": photo.public_id, "name": "leaf.png", "size": len(PNG)}
    }
    photo.refresh_from_db()
    assert photo.is_answered
    assert stored_files.opened(photo).read() == PNG


def test_a_file_is_what_its_bytes_are_not_what_its_name_says(cleo: Worker) -> None:
    assignment = an_assignment(cleo)
    page = an_upload(assignment, b"<!doctype html><html><script>1</script></html>", name="cat.jpg")
    assert page.media_type == "text/html"
    assert an_upload(assignment).media_type == "image/png"
    assert an_upload(assignment, "grün".encode()).media_type == "text/plain"
    assert an_upload(assignment, b"\0\1\2").media_type == "application/octet-stream"
    assert an_upload(assignment, b"").media_type == "application/octet-stream"


def test_a_name_is_never_a_path(cleo: Worker) -> None:
    photo = an_upload(an_assignment(cleo), name="../../etc/pass\0wd\r\n\u202egnp.exe")
    assert photo.name == "pass\N{REPLACEMENT CHARACTER}wdgnp.exe"
    assert ".." not in photo.storage_key


def test_files_of_others_are_not_there(cleo: Worker, dan: Worker) -> None:
    hit = a_hit(places=2)
    hers, his = an_assignment(cleo, hit), an_assignment(dan, hit)
    photo = an_upload(hers)
    with pytest.raises(InvalidValue, match="not here any more; choose it again"):
        submitted(his, photo={"file": photo.public_id, "name": "", "size": 1})
    with pytest.raises(NotFound):
        an_upload(hers, worker=dan)
    assert not uploading.discard(dan, hers.public_id, photo.public_id)


def test_a_file_that_is_too_large_or_one_too_many_is_refused(cleo: Worker, settings: Any) -> None:
    settings.KEMPELEN_FILE_LIMIT, settings.KEMPELEN_FILES_LIMIT = 20, 50
    assignment = an_assignment(cleo)
    with pytest.raises(InvalidValue, match="The file is too large"):
        an_upload(assignment, b"x" * 21)
    for _ in range(2):
        an_upload(assignment, b"x" * 20)
    with pytest.raises(InvalidValue, match="no room for this file"):
        an_upload(assignment, b"x" * 20)
    assert len(stored()) == 2


def test_a_file_that_cannot_be_stored_leaves_nothing(cleo: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    assignment = an_assignment(cleo)
    broken = ContentFile(PNG)
    monkeypatch.setattr(broken, "chunks", lambda *_: iter([PNG[:4], None]))
    with pytest.raises(TypeError):
        uploading.upload(assignment.public_id, broken, field="photo", name="leaf.png")
    assert not UploadedFile.objects.exists()
    assert stored() == []


def test_a_file_in_place_of_which_another_came_is_removed(cleo: Worker) -> None:
    assignment = an_assignment(cleo)
    first, second = an_upload(assignment), an_upload(assignment)
    assert uploading.discard(cleo, assignment.public_id, first.public_id)
    assert stored() == [second.storage_key.rpartition("/")[2]]


def test_a_file_of_an_answer_cannot_be_taken_back(cleo: Worker) -> None:
    assignment = an_assignment(cleo)
    photo = an_upload(assignment)
    submitted(assignment, photo=files.as_answer(photo))
    assert not uploading.discard(cleo, assignment.public_id, photo.public_id)
    with pytest.raises(WrongState, match="takes no more files"):
        an_upload(assignment)


def test_correcting_keeps_the_first_file(cleo: Worker) -> None:
    group = a_group(allows_corrections=True)
    assignment = an_assignment(cleo, group.hits.get(row_number=1))
    first = an_upload(assignment)
    submitted(assignment, photo=files.as_answer(first))
    second = an_upload(assignment, name="tree.png")
    corrected = assignments.correct(cleo, assignment.public_id, {"photo": files.as_answer(second)})
    assert corrected.answers["photo"]["name"] == "tree.png"
    earlier = corrected.earlier_answers.get()
    assert earlier.answers["photo"]["file"] == first.public_id
    assert UploadedFile.objects.filter(is_answered=True).count() == 2


def test_who_takes_a_hit_again_keeps_the_files_of_the_draft(cleo: Worker) -> None:
    hit = a_hit()
    given_up = an_assignment(cleo, hit)
    photo = an_upload(given_up)
    assignments.return_assignment(cleo, given_up.public_id)
    again = an_assignment(cleo, hit)
    assert submitted(again, photo=files.as_answer(photo))["photo"]["file"] == photo.public_id
    photo.refresh_from_db()
    assert photo.assignment_id == again.pk


def test_what_no_answer_has_is_removed_when_its_assignment_is_over(cleo: Worker, moving_clock: Any) -> None:
    hit = a_hit()
    assignment = an_assignment(cleo, hit)
    kept, dropped = an_upload(assignment), an_upload(assignment)
    unfinished = an_upload(assignment)
    UploadedFile.objects.filter(pk=unfinished.pk).update(uploaded_at=None)
    assert files.remove_left_over() == 0
    submitted(assignment, photo=files.as_answer(kept))
    moving_clock.forward(2 * 24 * 3600)
    assert files.remove_left_over() == 2
    assert list(UploadedFile.objects.all()) == [kept]
    assert stored() == [kept.storage_key.rpartition("/")[2]]
    assert dropped.storage_key not in stored()


def test_the_files_of_work_in_hand_stay_however_long_it_takes(cleo: Worker, moving_clock: Any) -> None:
    photo = an_upload(an_assignment(cleo))
    moving_clock.forward(20 * 24 * 3600)
    assert files.remove_left_over() == 0
    assert UploadedFile.objects.get() == photo


def test_what_a_killed_upload_left_among_temporary_files_goes_after_a_day(tmp_path: Path) -> None:
    old, new, other = (tmp_path / name for name in ("tmp1.upload.png", "tmp2.upload.png", "rows.csv"))
    for path in (old, new, other):
        path.write_bytes(b"x")
    for path in (old, other):
        os.utime(path, (0, 0))
    assert stored_files.remove_stray(tmp_path) == 1
    assert sorted(tmp_path.iterdir()) == [other, new]
