"""The file is served to pages of any origin, and loaded in place of Amazon's."""

import gzip
import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client, RequestFactory

from kempelen.crowd.bundle import bundle
from kempelen.crowd.definitions import definitions
from kempelen.domain.models import HIT
from kempelen.web.content import frames
from kempelen.web.content.pages import Ours, Task, page
from tests.web.content.tasks import a_group_showing

OURS = Ours("runtime()", "turk()", "p {}", "https://k.example/external.js", "https://k.example/crowd.js?v=1")
WORK = Task("work", "3HIT", "https://k.example", assignment_id="3A", worker_id="AW")

pytestmark = pytest.mark.once


def made(html: str) -> str:
    return page(html, WORK, OURS)


def test_anybody_may_load_the_file_and_keep_it_while_it_is_the_same(client: Client) -> None:
    answer = client.get("/crowd-html-elements.js")

    assert answer.text == bundle()
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer["Cache-Control"]
    again = client.get("/crowd-html-elements.js", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    named = client.get(f"/crowd-html-elements.js?v={answer['ETag'][1:-1]}")
    assert "immutable" in named["Cache-Control"]


def test_the_file_is_sent_packed_to_those_who_unpack(client: Client) -> None:
    answer = client.get("/crowd-html-elements.js", headers={"Accept-Encoding": "gzip, br"})

    assert gzip.decompress(answer.content).decode() == bundle()
    assert "Cookie" not in answer["Vary"]


@pytest.mark.parametrize(
    "source",
    [
        'src="https://assets.crowd.aws/crowd-html-elements.js"',
        "src='//assets.crowd.aws/crowd-html-elements-v2.js?x=1'",
        "async src = http://copy.example/a/crowd-html-elements-without-ce-polyfill.js",
        'SRC="https://assets.crowd.aws/vendor/webcomponentsjs/webcomponents-bundle.js"',
    ],
)
def test_amazons_script_becomes_ours(source: str) -> None:
    html = made(f"<script {source}></script><crowd-form></crowd-form>")

    assert html.count('src="https://k.example/crowd.js?v=1"') == 1
    assert "aws" not in html.split("</script>", 1)[1]


@pytest.mark.parametrize("source", ["https://assets.example/crowd.js", "/crowd-html-elements.js", "crowd.js"])
def test_other_scripts_stay(source: str) -> None:
    assert f'<script src="{source}">' in made(f'<script src="{source}"></script><crowd-form></crowd-form>')


def test_a_template_that_forgot_the_script_gets_it() -> None:
    html = made("<crowd-form></crowd-form>")

    assert html.index('<script src="https://k.example/crowd.js?v=1">') < html.index("<crowd-form>")
    assert "mturk_form" not in html


def test_a_template_without_crowd_form_gets_mturks_form() -> None:
    assert "mturk_form" in made("<crowd-card>Hello</crowd-card><input name=a>")


def test_each_element_says_what_it_is_in_its_module() -> None:
    found = definitions()

    assert len(found) >= 36
    for name, definition in found.items():
        assert definition["element"] == name
        assert definition.keys() >= {"summary", "attributes", "slots", "events", "answer"}
        for attribute in definition["attributes"].values():
            assert attribute["about"]
            assert attribute["type"] in ("text", "number", "boolean", "list", "object")
        assert json.dumps(definition)


def test_hosts_of_tasks_have_the_file_too_and_their_pages_load_it_there(settings: Any, db: None) -> None:
    settings.KEMPELEN_CONTENT_ORIGIN = "https://*.tasks.example"
    settings.ALLOWED_HOSTS = ["turk.example.org", ".tasks.example"]
    group = a_group_showing("<crowd-form></crowd-form>")
    request = RequestFactory(headers={"Host": "turk.example.org"}).get("/", secure=True)
    address = frames.preview_frame(request, HIT.objects.filter(group=group).earliest("pk")).url
    path = address.split(".tasks.example", 1)[1]
    headers = {"Host": f"{group.requester.public_id.lower()}.tasks.example"}
    page_there = Client().get(path, secure=True, headers=headers).text
    (source,) = re.findall(r'src="(https://[^"]+/crowd-html-elements\.js\?v=\w+)"', page_there)
    there = urlsplit(source)
    file_there = Client().get(f"{there.path}?{there.query}", secure=True, headers=headers)

    assert there.netloc == headers["Host"]
    assert file_there.text == bundle()
