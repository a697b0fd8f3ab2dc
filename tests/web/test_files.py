"""Workers' files over HTTP: sent beside an answer or with it, and saved by those whose they are."""

import io
import zipfile
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kempelen.domain import file_links, stored_files
from kempelen.domain.actions import assignments, uploading
from kempelen.domain.models import Assignment, HITGroup, Requester, UploadedFile, Worker
from tests.factories import a_group, a_project, a_submitted_assignment, an_assignment, owner_of

pytestmark = pytest.mark.django_db

PAGE = b"<!doctype html><html><script>alert(document.domain)</script></html>"
EXTERNAL = "/mturk/externalSubmit"


def logged_in(user: Any) -> Client:
    client = Client(headers={"Accept": "application/json"})
    client.force_login(user)
    return client


@pytest.fixture
def group(ada: Requester) -> HITGroup:
    return a_group(a_project(ada, html='<input type="file" name="scan">', allows_corrections=True))


@pytest.fixture
def in_hand(cleo: Worker, group: HITGroup) -> Assignment:
    return an_assignment(cleo, group.hits.get(row_number=1))


@pytest.fixture
def as_cleo(cleo: Worker) -> Client:
    return logged_in(cleo.user)


@pytest.fixture
def as_ada(ada: Requester) -> Client:
    return logged_in(owner_of(ada))


@pytest.fixture
def at(ada: Requester) -> Callable[[str], str]:
    return lambda path: f"/r/{ada.slug}/{path}"


def a_file(content: bytes = b"ink", name: str = "page.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


def sent(client: Client, assignment: Assignment, file: SimpleUploadedFile, field: str = "scan") -> Any:
    return client.post(f"/work/{assignment.public_id}/files/", {"field": field, "file": file})


def submitted(client: Client, assignment: Assignment, *files: Any, field: str = "scan") -> Any:
    body = {"fields": [[field, file] for file in files]}
    return client.post(f"/work/{assignment.public_id}/submit/", body, content_type="application/json")


def answered(client: Client, assignment: Assignment, *files: SimpleUploadedFile) -> list[Any]:
    stored = [sent(client, assignment, file).json() for file in files]
    assert submitted(client, assignment, *stored).json()["status"] == "submitted"
    return stored


def body_of(answer: Any) -> bytes:
    assert answer.status_code == 200, answer
    return b"".join(answer.streaming_content)


def test_a_file_is_sent_first_and_named_by_the_answer(as_cleo: Client, in_hand: Assignment) -> None:
    file = sent(as_cleo, in_hand, a_file()).json()
    assert file == {"file": UploadedFile.objects.get().public_id, "name": "page.txt", "size": 3}
    assert submitted(as_cleo, in_hand, file).json()["status"] == "submitted"
    in_hand.refresh_from_db()
    assert in_hand.answers == {"scan": file}


def test_a_draft_knows_its_files_until_they_are_gone(as_cleo: Client, in_hand: Assignment) -> None:
    file = sent(as_cleo, in_hand, a_file(name="kept.txt")).json()
    body = {"fields": [["scan", file], ["word", "x"]]}
    as_cleo.post(f"/work/{in_hand.public_id}/draft/", body, content_type="application/json")
    assert "kept.txt" in as_cleo.get(f"/work/{in_hand.public_id}/").text
    removed = as_cleo.post(f"/work/{in_hand.public_id}/files/{file['file']}/remove/")
    assert removed.json() == {"removed": True}
    assert "kept.txt" not in as_cleo.get(f"/work/{in_hand.public_id}/").text


@pytest.mark.parametrize(
    "value",
    [
        {"file": "3X", "name": "a", "size": 1},
        {"file": 3},
        {"file": "3", "name": "a", "size": -1},
        {},
        [1],
        None,
    ],
)
def test_a_made_up_reference_is_refused(as_cleo: Client, in_hand: Assignment, value: Any) -> None:
    assert submitted(as_cleo, in_hand, value).status_code == 409
    in_hand.refresh_from_db()
    assert in_hand.status == Assignment.Status.ACCEPTED


def test_nobody_adds_to_or_takes_from_anothers_answer(
    as_cleo: Client, in_hand: Assignment, dan: Worker, group: HITGroup
) -> None:
    file = sent(as_cleo, in_hand, a_file()).json()
    as_dan, his = logged_in(dan.user), an_assignment(dan, group.hits.get(row_number=2))
    assert sent(as_dan, in_hand, a_file()).status_code == 404
    assert sent(Client(), in_hand, a_file()).status_code == 404
    assert submitted(as_dan, his, file).status_code == 409
    assert as_dan.post(f"/work/{in_hand.public_id}/files/{file['file']}/remove/").json() == {"removed": False}
    assert as_dan.get(f"/my-files/{file['file']}/").status_code == 404


def test_an_upload_needs_our_pages_token(cleo: Worker, in_hand: Assignment) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cleo.user)
    assert sent(strict, in_hand, a_file()).status_code == 403
    assert not UploadedFile.objects.exists()


def test_too_large_a_file_is_refused_in_words(as_cleo: Client, in_hand: Assignment, settings: Any) -> None:
    settings.KEMPELEN_FILE_LIMIT = 10
    refused = sent(as_cleo, in_hand, a_file(b"x" * 11))
    assert refused.status_code == 409
    assert "too large" in refused.json()["message"]
    assert not UploadedFile.objects.exists()


def test_a_page_that_was_sent_is_saved_and_never_shown(as_cleo: Client, in_hand: Assignment) -> None:
    (file,) = answered(as_cleo, in_hand, a_file(PAGE, "cat.html"))
    answer = as_cleo.get(f"/my-files/{file['file']}/")
    assert body_of(answer) == PAGE
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="cat.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].endswith("; sandbox")
    assert answer["Content-Length"] == str(len(PAGE))


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ("../../etc/passwd", 'attachment; filename="passwd"'),
        ('a";b.txt', 'attachment; filename="a_;b.txt"'),
        ("über.txt", "attachment; filename*=utf-8''%C3%BCber.txt"),
        ("..", 'attachment; filename="file"'),
        ("CON.txt", 'attachment; filename="_CON.txt"'),
    ],
)
def test_whatever_its_name_the_file_can_be_saved(
    in_hand: Assignment, cleo: Worker, name: str, disposition: str
) -> None:
    content = SimpleUploadedFile("x", b"ink")
    file = uploading.upload(in_hand.public_id, content, field="scan", name=name)
    answer = logged_in(cleo.user).get(f"/my-files/{file.public_id}/")
    assert answer["Content-Disposition"] == disposition
    assert body_of(answer) == b"ink"


def test_members_save_the_files_of_answers_and_nobody_elses(
    as_cleo: Client, as_ada: Client, ben: Requester, in_hand: Assignment, at: Callable[[str], str]
) -> None:
    draft = sent(as_cleo, in_hand, a_file(name="draft.txt")).json()
    (file,) = answered(as_cleo, in_hand, a_file())
    assert body_of(as_ada.get(at(f"files/{file['file']}/"))) == b"ink"
    assert as_ada.get(at(f"files/{draft['file']}/")).status_code == 404
    as_ben = logged_in(owner_of(ben))
    assert as_ben.get(at(f"files/{file['file']}/")).status_code == 404
    assert as_ben.get(f"/r/{ben.slug}/files/{file['file']}/").status_code == 404
    assert Client().get(at(f"files/{file['file']}/")).status_code == 302


def test_results_name_the_file(
    as_cleo: Client, as_ada: Client, in_hand: Assignment, at: Callable[[str], str]
) -> None:
    one, other = answered(as_cleo, in_hand, a_file(), a_file(name="other.txt"))
    csv = body_of(as_ada.get(at("batches/1/results.csv"))).decode()
    assert '"page.txt|other.txt"' in csv
    lines = body_of(as_ada.get(at("batches/1/results.jsonl"))).decode()
    assert one["file"] in lines and other["file"] in lines
    table = as_ada.get(at("batches/1/results/")).text
    assert at(f"files/{one['file']}/") in table
    assert "batches/1/files.zip" in table


def test_all_files_of_a_batch_come_in_one_archive(
    as_cleo: Client,
    as_ada: Client,
    in_hand: Assignment,
    dan: Worker,
    group: HITGroup,
    at: Callable[[str], str],
) -> None:
    names = ["../../up.txt", "UP.txt", "a:b?.txt", "x" * 300 + ".txt"]
    answered(as_cleo, in_hand, *[a_file(b"x" * 300_000, name) for name in names])
    his = an_assignment(dan, group.hits.get(row_number=2))
    answered(logged_in(dan.user), his, a_file())
    archive = zipfile.ZipFile(io.BytesIO(body_of(as_ada.get(at("batches/1/files.zip")))))
    assert archive.testzip() is None
    hers, hit = in_hand.public_id, in_hand.hit.public_id
    listed = archive.namelist()
    assert listed[:3] == [
        f"{hit}/{hers}/scan-up.txt",
        f"{hit}/{hers}/scan-UP (2).txt",
        f"{hit}/{hers}/scan-a_b_.txt",
    ]
    assert listed[4] == f"{his.hit.public_id}/{his.public_id}/scan-page.txt"
    assert len(listed[3].encode()) < 260


def test_a_batch_without_files_offers_no_archive(
    as_ada: Client, group: HITGroup, cleo: Worker, ben: Requester, at: Callable[[str], str]
) -> None:
    a_submitted_assignment(cleo, group.hits.get(row_number=1))
    assert "files.zip" not in as_ada.get(at("batches/1/")).text
    assert logged_in(owner_of(ben)).get(at("batches/1/files.zip")).status_code == 404


def test_a_link_of_the_apis_opens_the_file_for_a_minute(
    as_cleo: Client, in_hand: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = answered(as_cleo, in_hand, a_file())
    url = f"/files/{file_links.token_for(file['file'])}/"
    answer = Client().get(url)
    assert body_of(answer) == b"ink"
    assert not answer.cookies
    forged = f"{url[:8]}{'A' if url[8] != 'A' else 'B'}{url[9:]}"
    assert Client().get(forged).status_code == 403
    assert Client().get("/files/forged:1tS:abc/").status_code == 403
    monkeypatch.setattr(file_links, "LIFETIME", -file_links.LIFETIME)
    assert Client().get(url).status_code == 403


def test_a_form_of_another_site_sends_its_files_with_it(in_hand: Assignment) -> None:
    stranger = Client(enforce_csrf_checks=True)
    fields = {"assignmentId": in_hand.public_id, "word": "a\r\nb", "scan": [a_file(), a_file(name="two.txt")]}
    assert "Your answer has been sent" in stranger.post(EXTERNAL, fields).text
    in_hand.refresh_from_db()
    files = [
        {"file": file.public_id, "name": file.name, "size": 3} for file in UploadedFile.objects.order_by("pk")
    ]
    assert in_hand.answers == {"word": "a\nb", "scan": files}
    again = stranger.post(EXTERNAL, {"assignmentId": in_hand.public_id, "scan": a_file()})
    assert "Your answer has been sent" in again.text
    assert UploadedFile.objects.count() == 2


def test_of_a_form_that_is_refused_no_file_stays(cleo: Worker, in_hand: Assignment, settings: Any) -> None:
    settings.KEMPELEN_FILE_LIMIT = 10
    fields = {"assignmentId": in_hand.public_id, "scan": [a_file(), a_file(b"x" * 11)]}
    refused = Client().post(EXTERNAL, fields)
    assert refused.status_code == 400
    assert "too large" in refused.text
    assignments.return_assignment(cleo, in_hand.public_id)
    assert Client().post(EXTERNAL, {"assignmentId": in_hand.public_id, "scan": a_file()}).status_code == 400
    assert Client().post(EXTERNAL, {"assignmentId": "3X", "scan": a_file()}).status_code == 400
    assert not UploadedFile.objects.exists()


def test_a_corrected_answer_keeps_the_file_it_had_first(
    as_cleo: Client, as_ada: Client, in_hand: Assignment, at: Callable[[str], str]
) -> None:
    (first,) = answered(as_cleo, in_hand, a_file())
    second = sent(as_cleo, in_hand, a_file(b"blood", "second.txt")).json()
    body = {"fields": [["scan", second]]}
    url = f"/history/{in_hand.public_id}/correct/"
    assert as_cleo.post(url, body, content_type="application/json").json()["status"] == "submitted"
    table = as_ada.get(at("batches/1/results/")).text
    assert first["file"] in table and second["file"] in table
    page = as_cleo.get(f"/history/{in_hand.public_id}/").text
    assert f"/my-files/{second['file']}/" in page
    archive = zipfile.ZipFile(io.BytesIO(body_of(as_ada.get(at("batches/1/files.zip")))))
    assert [name.rpartition("/")[2] for name in archive.namelist()] == ["scan-second.txt"]


def test_nothing_is_kept_under_a_public_address() -> None:
    assert site.STORAGES["files"]["OPTIONS"]["base_url"] is None


def test_a_full_disk_takes_no_files_and_is_said(
    as_cleo: Client, in_hand: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=stored_files.RESERVE_BYTES + 3))
    refused = sent(as_cleo, in_hand, a_file())
    assert refused.status_code == 409
    assert "no room for files" in refused.json()["message"]
    assert sent(as_cleo, in_hand, a_file(b"x")).status_code == 200
