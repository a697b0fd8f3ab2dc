import csv
import io
from pathlib import Path

import pytest

from kempelen.cli import dumping
from tests import factories


@pytest.fixture
def published(shell_of_ben):
    """A shell in whose folder `label.html` has been published twice."""
    folder = shell_of_ben.folder
    (folder / "label.html").write_text('<p>${text}</p><input name="answer">', encoding="utf-8")
    (folder / "one.csv").write_text("text\none\ntwo\n", encoding="utf-8")
    (folder / "more.csv").write_text("text,note\nthree,n\n", encoding="utf-8")
    shell_of_ben.run("publish-hits", "label.html", "one.csv")
    shell_of_ben.run("publish-hits", "label.html", "more.csv")
    return shell_of_ben


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def test_without_answers_there_is_a_header_and_success(published):
    published.run("dump-results", "label.html", "out.csv")

    header = (published.folder / "out.csv").read_text(encoding="utf-8")
    assert header.startswith('"HITId","HITTypeId","Title"')
    assert header.endswith('"Input.text","Input.note","Approve","Reject"')


@pytest.mark.django_db
def test_answers_to_all_batches_of_the_template_are_in_one_file(tmp_path, ada, cleo):
    project = factories.a_project(ada)
    for text in ("one", "two"):
        batch = factories.a_batch(project, rows=[{"text": text}])
        factories.a_submitted_assignment(
            cleo, factories.hits_of(batch)[0], answers={"answer": f"about {text}"}
        )

    count = dumping.dump(project.template, str(tmp_path / "out.csv"), spreadsheet_safe=False)

    assert count == 2
    rows = table(tmp_path / "out.csv")
    assert [(row["Input.text"], row["Answer.answer"]) for row in rows] == [
        ("one", "about one"),
        ("two", "about two"),
    ]
    assert {row["WorkerId"] for row in rows} == {cleo.public_id}


@pytest.mark.django_db
def test_formulas_are_made_harmless_when_asked_for(tmp_path, ada, cleo):
    hit = factories.a_hit(ada)
    factories.a_submitted_assignment(cleo, hit, answers={"answer": "=1+1"})
    template = hit.template_version.template

    dumping.dump(template, str(tmp_path / "safe.csv"), spreadsheet_safe=True)
    dumping.dump(template, str(tmp_path / "raw.csv"), spreadsheet_safe=False)

    assert table(tmp_path / "safe.csv")[0]["Answer.answer"] == "'=1+1"
    assert table(tmp_path / "raw.csv")[0]["Answer.answer"] == "=1+1"


@pytest.mark.django_db
def test_a_dump_that_fails_leaves_the_file_before_it(tmp_path, monkeypatch):
    template = factories.a_batch().project.template
    (tmp_path / "out.csv").write_text("of yesterday")
    monkeypatch.setattr(dumping, "csv_lines", lambda *a, **k: iter([1]))

    with pytest.raises(TypeError):
        dumping.dump(template, str(tmp_path / "out.csv"), spreadsheet_safe=False)

    assert (tmp_path / "out.csv").read_text() == "of yesterday"


def test_a_star_dumps_every_template_into_a_file_of_its_own(published):
    (published.folder / "other.html").write_text("<p>${text}</p><input name=x>", encoding="utf-8")
    published.run("publish-hits", "other.html", "one.csv")
    (published.folder / "results").mkdir()

    published.run("dump_results", "*", "results/r-")

    assert sorted(path.name for path in (published.folder / "results").iterdir()) == [
        "r-label.csv",
        "r-other.csv",
    ]


def test_a_folder_that_does_not_exist_is_named(published):
    done = published.run("dump-results", "label.html", "nowhere/out.csv", status=1)

    assert "nowhere/out.csv.part: No such file or directory" in done.stderr


def test_a_template_that_was_never_published_is_named_with_those_that_were(published):
    done = published.run("dump-results", "unknown.html", "out.csv", status=1)

    assert "unknown.html" in done.stderr
    assert f"Published were: {published.folder}/label.html" in done.stderr
    assert not (published.folder / "out.csv").exists()
