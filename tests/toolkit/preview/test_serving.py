"""What the two servers of a preview answer, and to whom."""

import http.client
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest

from kempelen.toolkit.preview.reading import Files
from kempelen.toolkit.preview.running import running
from kempelen.toolkit.troubles import Trouble

pytestmark = pytest.mark.once

TEMPLATE = "<p>${name}</p><img src=images/cat.png alt=x><input name=who>"
FORM = """<QuestionForm xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2017-11-06/QuestionForm.xsd">
<Question><QuestionIdentifier>word</QuestionIdentifier><IsRequired>true</IsRequired><QuestionContent><Text>${name}?</Text>
</QuestionContent><AnswerSpecification><FreeTextAnswer/></AnswerSpecification></Question></QuestionForm>"""


class Got(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


class Preview:
    """A preview, asked as a browser asks it."""

    def __init__(self, address: str) -> None:
        self.address = address

    def get(self, url: str = "", *, host: str = "", body: str | None = None, **headers: str) -> Got:
        parts = urlsplit(url if url.startswith("http") else self.address + url)
        connection = http.client.HTTPConnection(parts.netloc, timeout=60)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(
            "GET" if body is None else "POST", path, body, {"Host": host or parts.netloc, **given}
        )
        answer = connection.getresponse()
        got = Got(answer.status, dict(answer.getheaders()), answer.read())
        connection.close()
        return got

    def state(self, **asked: Any) -> Any:
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        return json.loads(self.get(f"state?{query}").body)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    (folder / "images").mkdir(parents=True)
    (folder / "images" / "cat.png").write_bytes(b"a cat")
    (folder / "secret.txt").write_text("secret")
    (folder / ".hidden.png").write_text("secret")
    (tmp_path / "outside.png").write_text("secret")
    (folder / "link.png").symlink_to(tmp_path / "outside.png")
    (folder / "task.html").write_text(TEMPLATE)
    (folder / "rows.csv").write_text("name,born\nAda,1815\nGrace,1906\n")
    return folder


@pytest.fixture
def preview(folder: Path) -> Iterator[Preview]:
    with running(Files(str(folder / "task.html"), folder / "rows.csv"), 0) as address:
        yield Preview(address)


def test_the_task_is_contained_as_on_a_server(preview: Preview) -> None:
    frame = preview.state(row=2)["frame"]
    assert frame["sandbox"] == (
        "allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals allow-downloads"
    )
    assert urlsplit(frame["url"]).netloc != urlsplit(preview.address).netloc
    task = preview.get(frame["url"])
    around = preview.address.removesuffix("/").rpartition("/")[0]
    policy = f"sandbox {frame['sandbox']}; frame-ancestors {around}"
    assert task.headers["Content-Security-Policy"] == policy
    assert task.headers["Permissions-Policy"].startswith("autoplay=(), camera=()")
    assert b"<p>Grace</p>" in task.body and b'data-mode="work"' in task.body
    page = preview.get()
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert (
        f"frame-src {frame['url'].partition('/row')[0].rpartition('/')[0]}"
        in (page.headers["Content-Security-Policy"])
    )


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "["])
def test_no_other_host_is_answered(preview: Preview, host: str) -> None:
    assert preview.get(host=host).status == 403
    assert preview.get(preview.state()["frame"]["url"], host=host).status == 403


def test_localhost_is_answered_under_its_own_name(preview: Preview) -> None:
    port = urlsplit(preview.address).port
    got = preview.get("state", host=f"localhost:{port}")
    assert json.loads(got.body)["frame"]["url"].startswith("http://localhost:")


def test_nothing_is_told_without_the_secret_of_the_address(preview: Preview) -> None:
    origin = preview.address.removesuffix("/").rpartition("/")[0]
    for url in (f"{origin}/", f"{origin}/state", f"{origin}//state", f"{origin}/%2e/x/state"):
        assert preview.get(url).status == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("images/cat.png", 200),
        ("images/none.png", 404),
        ("secret.txt", 404),
        (".hidden.png", 404),
        ("link.png", 404),
        ("../outside.png", 404),
        ("%2e%2e/outside.png", 404),
        ("images%5c..%5c..%5coutside.png", 404),
        ("rows.csv", 404),
        ("task.html", 404),
        ("%00.png", 404),
    ],
)
def test_only_media_from_beside_the_template_go_to_the_task(preview: Preview, path: str, status: int) -> None:
    task = preview.state()["frame"]["url"].partition("?")[0]
    assert preview.get(task + path).status == status


@pytest.mark.parametrize("path", ["reading.py", "../reading.py", "%2e%2e/reading.py", "project.css", "none"])
def test_the_page_loads_only_its_own(preview: Preview, path: str) -> None:
    assert preview.get(path).status == 404
    assert preview.get("kempelen.css").status == preview.get("preview-desk.js").status == 200


def test_an_answer_is_told_as_columns_json_and_xml(preview: Preview) -> None:
    file = {"file": "PREVIEW1", "name": "leaf.png", "size": 4}
    fields = [["who", "a\r\nb"], ["who", "c"], ["photo", file], ["assignmentId", "x"]]
    told = json.loads(preview.get("answer", body=json.dumps({"row": 1, "fields": fields})).body)
    assert told["columns"] == {"Answer.photo": "leaf.png", "Answer.who": "a\nb|c"}
    assert told["answers"] == {"who": ["a\nb", "c"], "photo": file}
    assert "<UploadedFileKey>PREVIEW1</UploadedFileKey>" in told["xml"]
    assert "empty" in json.loads(preview.get("answer", body='{"row": 1, "fields": []}').body)["refused"]


def test_an_answer_of_another_page_is_not_heard(preview: Preview) -> None:
    assert preview.get("answer", body='{"row": 1, "fields": []}', Origin="null").status == 404
    for body in ("", "[]", "{", '{"row": 1, "fields": [[1, 2]]}', '{"row": "x", "fields": []}'):
        assert preview.get("answer", body=body).status == 400


def test_a_form_says_what_an_answer_lacks(folder: Path, preview: Preview) -> None:
    (folder / "task.html").write_text(FORM)
    task = preview.get(preview.state()["frame"]["url"])
    assert b"Ada?" in task.body and "script-src 'sha256-" in task.headers["Content-Security-Policy"]
    lacking = json.dumps({"row": 1, "fields": [["Answer_1_FreeText", ""]]})
    assert list(json.loads(preview.get("answer", body=lacking).body)["faults"]) == ["1"]
    whole = json.dumps({"row": 1, "fields": [["Answer_1_FreeText", "ink"]]})
    assert json.loads(preview.get("answer", body=whole).body)["columns"] == {"Answer.word": "ink"}


def test_what_a_page_sends_itself_is_told_too(preview: Preview) -> None:
    submit_to = preview.state()["frame"]["url"].partition("/row/")[0]
    body = "assignmentId=x&who=Ada"
    kind = "application/x-www-form-urlencoded"
    sent = preview.get(f"{submit_to}/mturk/externalSubmit", body=body, Content_Type=kind)
    assert b"would have been sent" in sent.body
    said = preview.state(since=preview.state()["stamp"])["sent"]
    assert (said["count"], said["answer"]["columns"]) == (1, {"Answer.who": "Ada"})
    part = '--e\r\nContent-Disposition: form-data; name="scan"; filename="a.pdf"\r\n\r\nink\r\n--e--\r\n'
    preview.get(
        f"{submit_to}/mturk/externalSubmit", body=part, Content_Type="multipart/form-data; boundary=e"
    )
    assert preview.state()["sent"]["answer"]["answers"]["scan"]["size"] == 3


def test_scripts_and_libraries_come_from_here(preview: Preview) -> None:
    address = preview.state()["frame"]["url"].partition("/row/")[0]
    for path in (
        "crowd-html-elements.js",
        "externalHIT_v1.js",
        "stand-ins/bootstrap-3/any/css/bootstrap.min.css",
    ):
        got = preview.get(f"{address}/{path}")
        assert (got.status, got.headers["Access-Control-Allow-Origin"]) == (200, "*")
    assert preview.get(f"{address}/stand-ins/own/any/fonts.css?family=Lora").status == 200
    assert preview.get(f"{address}/stand-ins/own/any/../x.js").status == 404


def test_a_port_that_is_taken_is_named(preview: Preview) -> None:
    port = urlsplit(preview.address).port
    assert port
    with pytest.raises(Trouble, match="--port"), running(Files("x.html"), port):
        pass
