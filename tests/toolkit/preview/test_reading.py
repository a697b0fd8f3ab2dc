"""What a preview makes of its files: what they say, and what is wrong with them."""

from pathlib import Path

import pytest

from kempelen.domain.batches.filling import LIQUID, TemplateTrouble
from kempelen.domain.questions.documents import ExternalQuestion, HTMLQuestion
from kempelen.toolkit.preview.reading import Files, Reading, read
from kempelen.toolkit.preview.watching import Watch

pytestmark = pytest.mark.once


def read_of(folder: Path, template: str, rows: str = "name\nAda\nGrace\n", **more: str) -> Reading:
    (folder / "task.html").write_text(template)
    (folder / "rows.csv").write_text(rows)
    for name, text in more.items():
        (folder / name.replace("_", ".")).write_text(text)
    return read(Files(str(folder / "task.html"), folder / "rows.csv"))


def test_a_row_fills_the_template_as_publishing_does(tmp_path: Path) -> None:
    found = read_of(tmp_path, "<p>${name}</p><input name=x>", project_yaml="title: Who\nreward: 0.05\n")
    question = found.question_of(found.document_of(found.row(2)))
    assert isinstance(question, HTMLQuestion) and "<p>Grace</p>" in question.html
    assert (found.row_count, found.row(3), found.problems, found.findings) == (2, {}, [], [])
    assert found.properties and found.properties.title == "Who"


def test_what_is_wrong_is_said_with_its_place(tmp_path: Path) -> None:
    found = read_of(tmp_path, "\n<p>${nmae}</p><input name=x>", project_yaml="titel: Who\n")
    assert [(one.level, one.line) for one in found.findings] == [("error", 2)]
    assert "Did you mean title?" in found.problems[0]
    found = read_of(
        tmp_path, "<p>${name}</p><input>", rows='name,born\nAda,1815\n"Grace\n', project_yaml="{}"
    )
    assert "row 3" in found.problems[0] and found.row_count == 0
    assert "${name}" in found.document_of(found.row(1))


def test_a_file_that_is_missing_is_a_problem_and_no_end(tmp_path: Path) -> None:
    found = read(Files(str(tmp_path / "none.html"), tmp_path / "none.csv"))
    assert len(found.problems) == 2 and all("none." in problem for problem in found.problems)
    (tmp_path / "none.html").write_bytes(b"\xff\xfe")
    assert "UTF-8" in read(Files(str(tmp_path / "none.html"))).problems[0]


def test_variables_without_rows_are_a_hint(tmp_path: Path) -> None:
    (tmp_path / "task.html").write_text("<p>${name}</p><input name=x>")
    (hint,) = read(Files(str(tmp_path / "task.html"))).findings
    assert hint.level == "info" and "(name)" in hint.message


def test_liquid_says_which_line_cannot_be_filled(tmp_path: Path) -> None:
    found = read_of(tmp_path, "<crowd-form>{{ task.input.name }}</crowd-form>")
    assert found.language == LIQUID and "Ada" in found.document_of(found.row(1))
    found = read_of(tmp_path, "<crowd-form>\n{% if %}</crowd-form>")
    with pytest.raises(TemplateTrouble):
        found.document_of(found.row(1))


def test_an_address_is_filled_for_each_row(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("id\n7\n")
    found = read(Files("https://example.org/?item=${id}", tmp_path / "rows.csv"))
    question = found.question_of(found.document_of(found.row(1)))
    assert isinstance(question, ExternalQuestion) and question.url == "https://example.org/?item=7"


def test_a_value_cannot_break_a_form(tmp_path: Path) -> None:
    form = "<QuestionForm><Overview><Text>${name}</Text></Overview></QuestionForm>"
    found = read_of(tmp_path, form, rows="name\n<b>Ada</b>\n")
    assert "<Text>&lt;b&gt;Ada&lt;/b&gt;</Text>" in found.document_of(found.row(1))
    assert "CreateHIT" in found.findings[0].message


def test_files_beside_the_template_are_told_of(tmp_path: Path) -> None:
    (tmp_path / "cat.png").write_bytes(b"")
    found = read_of(tmp_path, "<img src=cat.png alt=x><img src=dog.png alt=y>${name}<input name=x>")
    said = {one.message.partition(" ")[0]: one.level for one in found.findings}
    assert said == {"cat.png": "info", "dog.png": "warning"}


def test_a_change_is_seen_and_a_file_that_is_only_added_is_none(tmp_path: Path) -> None:
    file, picture = tmp_path / "a", tmp_path / "b"
    picture.write_text("1")
    watch = Watch([file])
    before = watch.stamp()
    watch.add(picture)
    assert watch.stamp() == before == watch.wait(before, 0)
    picture.write_text("22")
    changed = watch.wait(before, 30)
    assert changed != before
    file.write_text("1")
    assert watch.wait(changed, 30) not in (before, changed)
    watch.end()
    assert watch.wait(watch.stamp(), 600) == watch.stamp()
