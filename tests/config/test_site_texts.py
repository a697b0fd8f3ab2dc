"""The files that whoever runs a server adds to its pages."""

import os
from pathlib import Path

import pytest
from django.test import Client

from kempelen.config import env
from kempelen.config.readers import Unfit
from tests.factories import a_batch, a_project, group_of

NOTICE = "<p>We keep your answers. <a href='https://lab.example/privacy'>How</a></p><script>alert(1)</script>"


@pytest.fixture
def notice(tmp_path: Path, settings) -> Path:
    path = tmp_path / "notice.html"
    path.write_text(NOTICE)
    settings.KEMPELEN_NOTICE_FILE = str(path)
    return path


def test_the_head_has_the_administrators_elements(db, client: Client, tmp_path: Path, settings):
    path = tmp_path / "head.html"
    path.write_text('<meta name="robots" content="noindex">')
    settings.KEMPELEN_HEAD_FILE = env.HEAD_FILE.read(str(path))
    head = client.get("/account/login/").content.decode().partition("</head>")[0]
    assert '<meta name="robots" content="noindex">' in head


@pytest.mark.parametrize("content", ["<script>1</script>", "<meta><style>a{}</style>"])
def test_a_head_with_anything_else_stops_the_start(tmp_path: Path, content: str):
    path = tmp_path / "head.html"
    path.write_text(content)
    with pytest.raises(Unfit, match=r"<meta> and <link> only"):
        env.HEAD_FILE.read(str(path))


def test_a_file_that_is_not_there_stops_the_start(tmp_path: Path):
    with pytest.raises(Unfit, match="may read"):
        env.NOTICE_FILE.read(str(tmp_path / "none"))


def test_the_notice_stands_above_pages_until_it_is_dismissed(db, client: Client, notice: Path):
    page = client.get("/account/login/?next=/history/")
    assert "We keep your answers" in page.content.decode()
    # Whatever stands in it: the policy lets no script run that is not a file of ours.
    assert "script-src 'self';" in page["Content-Security-Policy"]
    answer = client.post("/notice/", {"next": "/account/login/?next=/history/"})
    assert answer["Location"] == "/account/login/?next=/history/"
    assert "We keep your answers" not in client.get("/account/login/").content.decode()


def test_another_notice_is_shown_again(db, client: Client, notice: Path):
    client.post("/notice/")
    notice.write_text("<p>New terms</p>")
    os.utime(notice, ns=(1, 1))
    assert "New terms" in client.get("/").content.decode()


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:1", ""])
def test_dismissing_leads_nowhere_else(db, client: Client, notice: Path, back: str):
    assert client.post("/notice/", {"next": back})["Location"] == "/"


def test_without_anonymous_work_everybody_is_asked_to_log_in(db, client: Client, settings):
    group = group_of(a_batch(a_project(audience="anonymous")))
    assert client.get(f"/groups/{group.public_id}/").status_code == 200
    settings.KEMPELEN_ANONYMOUS_WORK = False
    for answer in (
        client.get(f"/groups/{group.public_id}/"),
        client.post(f"/groups/{group.public_id}/accept/"),
    ):
        assert answer.status_code == 302
        assert "/account/login/" in answer["Location"]
    assert group.hit_type.title not in client.get("/").content.decode()


def test_the_template_limit_is_the_administrators(db, settings):
    settings.KEMPELEN_TEMPLATE_LIMIT = 60
    with pytest.raises(Exception, match="at most 60 are kept"):
        a_project(html="<p>" + "x" * 60)
