"""What stands beside the template while it is written."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kempelen.domain.models import Batch
from kempelen.web.requester import editor


def checked(owner, at, html: str, values: object = None) -> str:
    sent = {"html": html, "values": json.dumps(values or {})}
    return owner.post(at("projects/check/"), sent).content.decode()


def test_findings_come_with_their_lines(owner, at):
    page = checked(owner, at, "<p>Hello</p>\n<crowd-clasifier></crowd-clasifier>")
    assert 'data-line="2"' in page
    assert "to put right" in page


def test_variables_are_listed_once_with_the_line_of_their_first_use(owner, at):
    page = checked(owner, at, "<p>${a}</p>\n<p>${b c} ${a}</p><input name=x>")
    assert page.count('data-variable="a"') == 1
    assert 'data-line="2" data-variable="b c"' in page


def test_an_own_dollar_brace_of_a_script_is_no_column(owner, at):
    page = checked(owner, at, "<script>let s = `${count}`;</script><input name=x>")
    assert "data-variable" not in page
    assert "no <code>${variables}</code>" in page


def test_names_of_variables_are_shown_as_text(owner, at):
    assert "<i>" not in checked(owner, at, "<p>${a}</p><input name='<i>'>\n<crowd-<i>>")


def test_values_that_are_no_row_are_taken_as_none(owner, at):
    for values in ("[1]", "nonsense", ""):
        assert owner.post(at("projects/check/"), {"html": "<p>${a}</p>", "values": values}).status_code == 200


def test_every_variable_has_a_value_in_the_sample_and_typed_ones_stay():
    assert json.loads(editor.checks("${a} ${b}", {"b": "2", "gone": "3"}).values) == {
        "a": "",
        "b": "2",
        "gone": "3",
    }


def test_variables_that_nobody_gave_a_value_show_their_names():
    values = json.loads(editor.checks("${food} ${b}", {"b": ""}, has_seeds=True).values)

    assert values == {"food": "food 1", "b": ""}


def test_samples_are_few_and_small(project, monkeypatch, upload):
    monkeypatch.setattr(editor, "MOST_SAMPLE_CHARACTERS", 7)
    assert [row["text"] for row in editor.sample_rows(project).rows] == ["one", "two"]


def test_a_file_that_is_gone_gives_no_samples(project, upload):
    upload.csv_file.storage.delete(upload.csv_file.name)
    assert not editor.sample_rows(project)


def test_liquid_is_offered_and_its_columns_are_listed_once_it_is_chosen(owner, at):
    html = "<p>{{ task.input.taskObject }}\n{{ task.input.a }}</p><input name=x>"
    assert "Take it as Liquid" in checked(owner, at, html)

    sent = {"html": html, "language": "liquid", "values": json.dumps({"source": "one"})}
    page = owner.post(at("projects/check/"), sent).content.decode()

    assert "Take it as Liquid" not in page
    assert 'data-line="1" data-variable="source"' in page  # the sample's name for the task's object
    assert 'data-line="2" data-variable="a"' in page
    assert "nothing wrong found" in page


def test_a_mistake_in_liquid_is_told_with_its_line(owner, at):
    sent = {"html": "<input name=x>\n{% for %}", "language": "liquid", "values": "{}"}
    page = owner.post(at("projects/check/"), sent).content.decode()
    assert "this is no Liquid that can be filled" in page
    assert 'data-line="2"' in page


def test_rows_of_a_file_are_read_for_the_preview_and_not_kept(owner, at, project):
    content = b"text,other\n" + b"".join(b"row %d,x\n" % number for number in range(30))
    answer = owner.post(at("projects/sample/"), {"file": SimpleUploadedFile("mine.csv", content)})
    assert answer.json()["source"] == "mine.csv"
    assert len(answer.json()["rows"]) == editor.MOST_SAMPLES
    assert answer.json()["rows"][1] == {"text": "row 1", "other": "x"}
    lines = SimpleUploadedFile("mine.jsonl", b'{"text": "one"}\n{"text": "two"}\n')
    rows = owner.post(at("projects/sample/"), {"file": lines}).json()["rows"]
    assert [row["text"] for row in rows] == ["one", "two"]
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b'a,b\n"x', "mine.csv"), (b"\xff\xfe\x00", "mine.csv"), (b"", "mine.csv"), (b"a" * 5_000_001, "5 MB")],
)
def test_what_is_wrong_with_a_file_of_samples_is_said(owner, at, project, content, said):
    answer = owner.post(at("projects/sample/"), {"file": SimpleUploadedFile("mine.csv", content)})
    assert (answer.status_code, said in answer.json()["message"]) == (422, True)
    assert owner.post(at("projects/sample/")).status_code == 422
