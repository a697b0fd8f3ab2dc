"""The files of answers."""

import csv
import io
import json

import pytest
from django.http.response import StreamingHttpResponse

from kempelen.domain.queries import results
from tests.factories import a_submitted_assignment, hits_of


def content_of(answer: StreamingHttpResponse) -> bytes:
    assert answer.streaming
    return b"".join(answer)


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_the_csv_has_mturks_name_and_every_answer(owner, at, answer):
    response = owner.get(at("batches/1/results.csv"))
    assert response["Content-Disposition"] == 'attachment; filename="Batch_1_batch_results.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    (row,) = table(content_of(response))
    assert (row["AssignmentId"], row["WorkerId"]) == (answer.public_id, answer.worker.public_id)
    assert (row["Input.text"], row["Answer.answer"], row["Answer.tick"]) == ("one", "über <b>", "a|b")


def test_without_answers_there_is_a_header(owner, at, batch):
    content = content_of(owner.get(at("batches/1/results.csv"))).decode()
    assert content.startswith('"HITId","HITTypeId"')
    assert content.count("\n") == 0
    assert content_of(owner.get(at("batches/1/results.jsonl"))) == b""


def test_a_file_for_spreadsheets_runs_nothing_and_names_its_encoding(owner, at, batch, cleo):
    a_submitted_assignment(cleo, hits_of(batch)[0], answers={"answer": "=1+1", "other": "Ärger"})
    plain = content_of(owner.get(at("batches/1/results.csv")))
    safe = content_of(owner.get(at("batches/1/results.csv?safe=1")))
    assert table(plain)[0]["Answer.answer"] == "=1+1"
    assert safe.startswith(b"\xef\xbb\xbf")
    assert table(safe[3:])[0]["Answer.answer"] == "'=1+1"


def test_json_lines_keep_several_values_apart(owner, at, answer):
    response = owner.get(at("batches/1/results.jsonl"))
    assert 'filename="Batch_1_batch_results.jsonl"' in response["Content-Disposition"]
    (line,) = content_of(response).splitlines()
    assert json.loads(line)["Answer"] == {"answer": "über <b>", "tick": ["a", "b"]}


def test_a_file_is_sent_page_by_page(owner, at, batch, cleo, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(results, "PAGE", 2)
    for hit in hits_of(batch):
        a_submitted_assignment(cleo, hit)
    response = owner.get(at("batches/1/results.jsonl"))
    with django_assert_num_queries(3):  # the first page, the workers' rates, the second page
        assert len(content_of(response).splitlines()) == 3


@pytest.mark.parametrize("path", ["batches/1/results.xlsx", "batches/2/results.csv"])
def test_there_is_no_other_file(owner, at, batch, path):
    assert owner.get(at(path)).status_code == 404


def test_what_is_not_published_has_no_results(owner, at, upload):
    assert owner.get(at("batches/1/results.csv")).status_code == 404
