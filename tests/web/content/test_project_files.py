"""Files of projects, below the addresses of the pages that load them."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client, RequestFactory

from kempelen.domain.actions import hits, project_files
from kempelen.domain.models import Project
from kempelen.domain.queries.tasks import Task
from kempelen.web.content import frames
from tests.domain.api_hits import a_hit_type, html_question
from tests.factories import a_batch, a_hit, a_project, a_submitted_assignment, an_assignment, hits_of

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(100))


@pytest.fixture(autouse=True)
def _in_memory(settings: Any) -> None:
    storage = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"files": storage}


@pytest.fixture
def project(ada) -> Project:
    made = a_project(ada)
    project_files.put(made, ContentFile(PNG), path="images/two cats.png")
    return made


@pytest.fixture
def picture(project, ada) -> str:
    """The address of the picture, as a draft of its project asks for it."""
    frame = frames.draft_frame(RequestFactory().get("/"), ada, [], project=project)
    return frame.file_url("images/two cats.png")


def test_previews_tasks_and_reviews_load_the_files_below_their_own_address(client: Client, project, cleo):
    hit, other = hits_of(a_batch(project))[:2]
    request = RequestFactory().get("/")
    shown = [
        frames.preview_frame(request, hit),
        frames.work_frame(request, an_assignment(cleo, hit)),
        frames.review_frame(request, a_submitted_assignment(cleo, other)),
    ]
    for frame in shown:
        page = frame.url.partition("?")[0]
        answer = client.get(f"{page}images/two%20cats.png")
        assert (answer.status_code, b"".join(answer)) == (200, PNG)
        assert client.get(f"{page}images/none.png").status_code == 404


def test_a_file_is_contained_as_templates_are_and_any_origin_may_load_it(client: Client, picture):
    answer = client.get(picture)
    assert answer["Content-Security-Policy"].startswith("sandbox allow-scripts")
    assert "allow-same-origin" not in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in answer


def test_the_files_of_others_are_not_there(client: Client, project, ben):
    elsewhere = frames.preview_frame(RequestFactory().get("/"), a_hit(ben)).url.partition("?")[0]
    assert client.get(f"{elsewhere}images/two%20cats.png").status_code == 404
    frame = frames.draft_frame(RequestFactory().get("/"), ben, [], project=a_project(ben))
    assert client.get(frame.file_url("images/two cats.png")).status_code == 404
    assert client.get("/content/draft/forged/images/two%20cats.png").status_code == 404
    assert client.get("/content/forged/images/two%20cats.png").status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "part", "content_range"),
    [
        ("bytes=0-9", 206, PNG[:10], f"bytes 0-9/{len(PNG)}"),
        ("bytes=10-", 206, PNG[10:], f"bytes 10-{len(PNG) - 1}/{len(PNG)}"),
        ("bytes=-5", 206, PNG[-5:], f"bytes {len(PNG) - 5}-{len(PNG) - 1}/{len(PNG)}"),
        ("bytes=0-99999", 200, PNG, None),
        ("bytes=99999-", 416, b"", f"bytes */{len(PNG)}"),
        ("bytes=5-2", 416, b"", f"bytes */{len(PNG)}"),
        ("bytes=0-1,4-5", 200, PNG, None),
        ("lines=1", 200, PNG, None),
    ],
)
def test_players_get_the_part_that_they_ask_for(client: Client, picture, asked, status, part, content_range):
    answer = client.get(picture, headers={"range": asked})
    assert (answer.status_code, b"".join(answer)) == (status, part)
    assert answer.get("Content-Range") == content_range


def test_a_browser_that_has_the_file_loads_it_again_when_it_is_replaced(client: Client, project, picture):
    tag = client.get(picture)["ETag"]
    assert client.get(picture, headers={"if-none-match": tag}).status_code == 304
    project_files.put(project, ContentFile(PNG + b"new"), path="images/two cats.png")
    again = client.get(picture, headers={"if-none-match": tag})
    assert (again.status_code, again["ETag"] == tag) == (200, False)
    part = client.get(picture, headers={"range": "bytes=0-9", "if-range": tag})
    assert part.status_code == 200


def test_with_hosts_of_their_own_files_are_on_their_requesters(client: Client, settings, project, ada, ben):
    settings.KEMPELEN_CONTENT_ORIGIN = "http://*.tasks.test"
    settings.ALLOWED_HOSTS = ["testserver", ".tasks.test"]
    frame = frames.draft_frame(RequestFactory().get("/"), ada, [], project=project)
    path = frame.file_url("images/two cats.png").partition(".test")[2]
    own, other = (f"{one.public_id.lower()}.tasks.test" for one in (ada, ben))
    assert client.get(path, headers={"host": own}).status_code == 200
    assert client.get(path, headers={"host": other}).status_code == 404
    assert client.get(path).status_code == 404


def test_hits_that_programs_make_of_the_template_have_its_files_too(client: Client, project, ada):
    task = Task(template_version=project.template.current_version, inputs={"text": "one"})
    hit = hits.create(a_hit_type(ada), hits.NewHIT(task, lifetime_seconds=60))
    page = frames.preview_frame(RequestFactory().get("/"), hit).url.partition("?")[0]
    assert b"".join(client.get(f"{page}images/two%20cats.png")) == PNG
    other = hits.create(a_hit_type(ada), hits.NewHIT(Task(question=html_question()), lifetime_seconds=60))
    page = frames.preview_frame(RequestFactory().get("/"), other).url.partition("?")[0]
    assert client.get(f"{page}images/two%20cats.png").status_code == 404
