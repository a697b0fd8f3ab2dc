"""Files that Turkle cut, bent, half took or fell over; on the page and by the API alike."""

import csv
import io
import urllib.request

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kempelen.domain.batches import templates
from kempelen.domain.models import HIT, Batch, Project, Requester, Worker
from tests.factories import a_batch, a_project, a_submitted_assignment, hits_of, owner_of
from tests.servers import Server
from tests.turkle_api.calling import Api

TWO_COLUMNS = "<p>${a} ${b}</p><p><label>Answer <input name=answer></label></p>"
# What Turkle took, or fell over, and we refuse with its place.
REFUSED = {
    "26 a header without rows": b"a,b\n",
    "27 a header with a name twice": b"a,b,b\n1,2,3\n",
    "28 a row that is too short": b"a,b\n1,2\n3\n",
    "28 a row that is too long": b"a,b\n1,2\n3,4,5\n",
    "29 a fault in the middle": b"a,b\n1,2\n3,4\n5\n6,7\n",
}
TAKEN = {
    "24 Excel's mark at its beginning": b"\xef\xbb\xbfa,b\r\n1,2\r\n",
    "25 line ends of an old Mac": b"a,b\r1,2\r",
    "37 a blank line in the middle": b"a,b\n1,2\n\n3,4\n",
}


def uploaded(ada: Requester, project: Project, content: bytes) -> int:
    """Upload a file on its page; gives the status of the answer."""
    browser = Client()
    browser.force_login(owner_of(ada))
    file = SimpleUploadedFile("rows.csv", content)
    answer = browser.post(f"/r/{ada.slug}/projects/{project.number}/publish/", {"file": file})
    return int(answer.status_code)


@pytest.fixture
def two(ada: Requester) -> Project:
    """A project whose template needs the columns a and b."""
    return a_project(ada, html=TWO_COLUMNS)


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_26_27_28_29_a_faulty_file_is_refused_whole(
    ada: Requester, two: Project, api: Api, content: bytes
) -> None:
    assert uploaded(ada, two, content) == 422
    batch = {"name": "x", "project": two.pk, "filename": "rows.csv", "csv_text": content.decode()}
    assert list(api.post("/batches/", batch, status=400)) == ["csv_text"]
    assert not Batch.objects.exists()
    assert not HIT.objects.exists()


@pytest.mark.parametrize("content", TAKEN.values(), ids=TAKEN)
def test_24_25_37_a_file_as_programs_write_it_is_read(
    ada: Requester, two: Project, api: Api, content: bytes
) -> None:
    assert uploaded(ada, two, content) == 302
    batch = {"name": "x", "project": two.pk, "filename": "rows.csv", "csv_text": content.decode()}
    made = api.post("/batches/", batch)
    assert {hit.inputs["a"] + hit.inputs["b"] for hit in HIT.objects.all()} <= {"12", "34"}
    assert Batch.objects.get(pk=made["id"]).columns == ["a", "b"]


def test_25_a_file_in_latin_1_is_told_as_such(ada: Requester, two: Project) -> None:
    browser = Client()
    browser.force_login(owner_of(ada))
    file = SimpleUploadedFile("rows.csv", "a,b\nGrüße,2\n".encode("latin-1"))
    answer = browser.post(f"/r/{ada.slug}/projects/{two.number}/publish/", {"file": file})
    assert answer.status_code == 422
    assert "UTF-8" in answer.content.decode()


def test_21_results_are_whole_in_any_script(site: Server, ada: Requester, cleo: Worker) -> None:
    api = Api(owner_of(ada))
    made = api.a_batch(api.a_project()["id"])
    for hit in hits_of(Batch.objects.get(pk=made["id"])):
        a_submitted_assignment(cleo, hit, answers={"answer": "Grüße an alle, 私 ☃ " * 20})
    url = f"{site.url}/api/batches/{made['id']}/results/"
    with urllib.request.urlopen(urllib.request.Request(url, headers=api.headers)) as answer:
        body = answer.read()
        said = answer.headers.get("Content-Length")
    assert said is None or int(said) == len(body)
    rows = list(csv.DictReader(io.StringIO(body.decode())))
    assert [row["Answer.answer"] for row in rows] == ["Grüße an alle, 私 ☃ " * 20] * 2


def test_23_a_formula_does_not_run_in_a_spreadsheet(ada: Requester, project: Project, cleo: Worker) -> None:
    a_submitted_assignment(cleo, hits_of(a_batch(project))[0], answers={"answer": '=HYPERLINK("x")'})
    browser = Client()
    browser.force_login(owner_of(ada))
    page = browser.get(f"/r/{ada.slug}/batches/1/results.csv?safe=1")
    assert b"'=HYPERLINK" in b"".join(page.streaming_content)


def test_30_a_value_is_never_filled_in_again() -> None:
    filled = templates.compile_template("${a}|${b}").fill({"a": "${b}", "b": "leak"})
    assert filled == "${b}|leak"


def test_31_names_with_a_hyphen_or_a_space_are_variables_too() -> None:
    template = templates.compile_template("<p>${my-col} ${my col}</p><input name=a>")
    assert template.fill({"my-col": "x", "my col": "y"}) == "<p>x y</p><input name=a>"
    # So a file without them is refused, and no worker sees the raw text.
    assert {use.name for use in template.required} == {"my-col", "my col"}


def test_32_less_than_one_answer_for_each_row_is_refused(api: Api) -> None:
    project = api.a_project()["id"]
    for asked in (-1, 0):
        batch = {"name": "x", "project": project, "filename": "a.csv", "csv_text": "text\none\n"}
        refused = api.post("/batches/", batch | {"assignments_per_task": asked}, status=400)
        assert list(refused) == ["assignments_per_task"]
    assert not Batch.objects.exists()
