"""Local copies as they are served, and the markup that asks for them."""

import gzip
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client, RequestFactory

from kempelen.domain.actions import claims
from kempelen.domain.models import HIT, Requester, Worker
from kempelen.domain.models.projects import Project
from kempelen.stand_ins.libraries import version_of
from kempelen.web.content import frames
from kempelen.web.content.known_urls import KnownUrls, exchanged
from tests import factories
from tests.domain import api_hits
from tests.web.content.test_views import an_assignment, frame_url

BS30 = "https://s3.amazonaws.com/mturk-public/bs30/css/bootstrap.min.css"
LINK = f'<link rel="stylesheet" href="{BS30}"><input name="a">'
KNOWN = KnownUrls("https://k.example/turk.js", "https://k.example/crowd.js", "https://k.example/stand-ins/")
BOOTSTRAP = f"https://k.example/stand-ins/bootstrap-3/{version_of('bootstrap-3')}/css/bootstrap.min.css"
FONT = f"/stand-ins/bootstrap-3/{version_of('bootstrap-3')}/fonts/glyphicons-halflings-regular.woff2"


def test_a_copy_is_kept_for_good_and_open_to_tasks_of_no_origin(client: Client) -> None:
    answer = client.get(FONT)

    assert answer["Content-Type"] == "font/woff2"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content[:4] == b"wOF2"
    assert not answer.cookies


def test_a_copy_by_another_version_is_asked_for_anew(client: Client) -> None:
    answer = client.get(FONT.replace(version_of("bootstrap-3"), "0"))

    assert answer["Cache-Control"] == "public, no-cache"


def test_text_is_sent_packed_to_those_who_unpack(client: Client) -> None:
    url = BOOTSTRAP.removeprefix("https://k.example")
    packed, plain = client.get(url, headers={"Accept-Encoding": "gzip"}), client.get(url)

    assert gzip.decompress(packed.content) == plain.content
    assert packed["Content-Encoding"] == "gzip"
    assert packed["Content-Type"] == plain["Content-Type"] == "text/css; charset=utf-8"
    assert "Accept-Encoding" in plain["Vary"]


@pytest.mark.parametrize(
    "path",
    [
        "own/1/../table.py",
        "bootstrap-3/1/../../__init__.py",
        "bootstrap-3/1/css",
        "nobody/1/a.js",
        "own/1/no.js",
    ],
)
def test_nothing_else_is_served(client: Client, path: str) -> None:
    assert client.get(f"/stand-ins/{path}").status_code == 404


def test_fonts_come_as_a_style_sheet_of_the_machines_own(client: Client) -> None:
    answer = client.get("/stand-ins/own/any/fonts.css?family=Open+Sans:400,700")

    assert 'local("Open Sans")' in answer.text
    assert "http" not in answer.text


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (f'<link href="{BS30}" rel=stylesheet>', f'<link href="{BOOTSTRAP}" rel=stylesheet>'),
        (f"<LINK HREF = {BS30[6:]}?v=1>", f'<LINK href="{BOOTSTRAP}">'),
        (f'<link integrity="a" href="{BS30}" crossorigin>', f'<link  href="{BOOTSTRAP}" >'),
        (f'<style>@import "{BS30}";</style>', f'<style>@import "{BOOTSTRAP}";</style>'),
        (f"<style>@import url({BS30});</style>", f"<style>@import url({BOOTSTRAP});</style>"),
        (
            '<script src="https://s3.amazonaws.com/mturk-public/externalHIT_v1.js"></script>',
            '<script src="https://k.example/turk.js"></script>',
        ),
        (
            '<link href="https://assets.crowd.aws/css/crowd-html-elements-v2.css">',
            '<link href="data:text/css,">',
        ),
        ('<link rel="preconnect" href="https://fonts.gstatic.com">', '<link rel="preconnect" >'),
    ],
)
def test_known_addresses_in_markup_become_ours(theirs: str, ours: str) -> None:
    assert exchanged(theirs, KNOWN) == ours


@pytest.mark.parametrize(
    "html",
    [
        f'<a href="{BS30}">Bootstrap</a>',
        f"<p>{BS30}</p><!-- <link href={BS30}> -->",
        f"<textarea><link href={BS30}></textarea>",
        f'<link title="href={BS30}" href="mine.css" integrity="a">',
        f"<script>const sheet = '{BS30}';</script>",
        '<link rel="preconnect" href="https://elsewhere.example">',
    ],
)
def test_what_only_looks_like_loading_stays(html: str) -> None:
    assert exchanged(html, KNOWN) == html


def test_amazons_own_scripts_are_ours_wherever_libraries_come_from() -> None:
    known = KnownUrls("https://k.example/turk.js", "")
    html = f'<script src="//s3/externalHIT_v1.js"></script><link href="{BS30}">'

    assert exchanged(html, known) == f'<script src="https://k.example/turk.js"></script><link href="{BS30}">'


def test_a_task_has_local_copies_and_its_stored_template_none(client: Client, cleo: Worker) -> None:
    assignment = an_assignment(cleo, LINK)

    assert "/stand-ins/bootstrap-3/" in client.get(frame_url(assignment)).text.split("</script>", 1)[1]
    assert (
        "/stand-ins/bootstrap-3/" in client.get(frame_url(assignment, "review")).text.split("</script>", 1)[1]
    )
    assert assignment.hit.template_version is not None
    assert BS30 in assignment.hit.template_version.html


def test_a_server_may_leave_outside_addresses_as_they_are(
    client: Client, cleo: Worker, settings: Any
) -> None:
    settings.KEMPELEN_LOCAL_COPIES = False
    page = client.get(frame_url(an_assignment(cleo, LINK))).text

    assert LINK in page
    assert "stand-ins/" not in page


def test_a_project_may_leave_them_for_its_batches_alone(client: Client, ada: Requester, cleo: Worker) -> None:
    project = factories.a_project(ada, html=LINK)
    hit = factories.hits_of(factories.a_batch(project))[0]
    assignment = factories.an_assignment(cleo, hit)
    assert LINK not in client.get(frame_url(assignment)).text

    Project.objects.update(substitutes_known_urls=False)

    assert LINK in client.get(frame_url(assignment)).text
    assert LINK not in client.get(frame_url(an_assignment(cleo, LINK))).text


def test_an_html_question_of_a_program_has_local_copies_and_reads_back_as_it_was(
    client: Client, cleo: Worker
) -> None:
    hit = api_hits.a_new_hit(question=api_hits.html_question(f"<html><head>{LINK}</head></html>"))
    page = client.get(frame_url(claims.accept_next(cleo, hit.group))).text

    assert LINK not in page
    assert "/stand-ins/bootstrap-3/" in page.split("</script>", 1)[1]
    assert BS30 in HIT.objects.get(pk=hit.pk).question


@pytest.mark.parametrize(
    ("fields", "has_copies"),
    [
        ({}, True),
        ({"asks_known_urls": "1", "substitutes_known_urls": "on"}, True),
        ({"asks_known_urls": "1"}, False),
    ],
)
def test_the_editors_preview_has_them_as_its_box_says(
    client: Client, ada: Requester, fields: dict[str, str], has_copies: bool
) -> None:
    frame = frames.draft_frame(RequestFactory().get("/"), ada, [])
    page = client.post(frame.url, {"html": LINK, "token": frame.token, **fields}).text

    assert (LINK not in page) is has_copies


def test_hosts_of_tasks_serve_them_themselves(settings: Any, ada: Requester) -> None:
    settings.KEMPELEN_CONTENT_ORIGIN = "https://*.tasks.example"
    settings.ALLOWED_HOSTS = ["*"]
    request = RequestFactory(headers={"Host": "k.example"}).get("/", secure=True)
    frame = frames.draft_frame(request, ada, [])
    headers = {"Host": urlsplit(frame.url).netloc}
    given = {"html": LINK, "token": frame.token}
    page = Client().post(urlsplit(frame.url).path, given, secure=True, headers=headers).text

    (path,) = re.findall(rf'href="https://{headers["Host"]}(/stand-ins/[^"]+)"', page)
    assert Client().get(path, secure=True, headers=headers)["Content-Type"] == "text/css; charset=utf-8"
