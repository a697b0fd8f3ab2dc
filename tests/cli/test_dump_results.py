import csv
import io
import subprocess
import zipfile
from pathlib import Path

import pytest

from kempelen.cli import dumping
from kempelen.domain.errors import InvalidValue
from tests import factories
from tests.domain import test_masks
from tests.servers import KEMPELEN


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
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.django_db
def test_no_two_templates_share_a_file(tmp_path, ada):
    numbers = [factories.a_project(ada, name="label").template.pk for _ in range(2)]
    factories.a_project(ada, name=f"label-{numbers[0] + 3}")
    for name in ("label", "Label", "label-2"):
        factories.a_project(ada, name=name)

    files = [file.casefold() for _, file in dumping.every_template(ada, f"{tmp_path}/new/")]

    assert len(set(files)) == len(files) == 6
    assert (tmp_path / "new").is_dir()


def test_a_reader_that_goes_away_is_no_reason_for_a_traceback(published):
    program = '"$0" dump-results label.html - | true; exit "${PIPESTATUS[0]}"'
    done = in_bash(published, program)

    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        1,
        "The output was cut short: whoever read it has gone.",
    )
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_a_full_disk_is_told_in_plain_words(published):
    done = in_bash(published, '"$0" dump-results label.html - >/dev/full')

    assert done.returncode == 1
    assert done.stderr.endswith("Something could not be read or written: No space left on device.\n")
    assert "Traceback" not in done.stderr


def in_bash(shell, program: str) -> subprocess.CompletedProcess[str]:
    """What a line of a shell script does, whose $0 is our command."""
    return subprocess.run(
        ["bash", "-c", program, KEMPELEN],
        cwd=shell.folder,
        env=shell.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_star_dumps_every_template_into_a_file_of_its_own(published):
    (published.folder / "other.html").write_text("<p>${text}</p><input name=x>", encoding="utf-8")
    published.run("publish-hits", "other.html", "one.csv")

    published.run("dump_results", "*", "results/r-")

    assert sorted(path.name for path in (published.folder / "results").iterdir()) == [
        "r-label.csv",
        "r-other.csv",
    ]


def test_a_folder_that_does_not_exist_is_named(published):
    done = published.run("dump-results", "label.html", "nowhere/out.csv", status=1)

    assert "nowhere/out.csv: No such file or directory" in done.stderr


def test_a_template_that_was_never_published_is_named_with_those_that_were(published):
    done = published.run("dump-results", "unknown.html", "out.csv", status=1)

    assert "unknown.html" in done.stderr
    assert f"Published were: {published.folder}/label.html" in done.stderr
    assert not (published.folder / "out.csv").exists()


@pytest.mark.django_db
def test_masks_are_in_an_archive_beside_the_table(tmp_path, ada, cleo):
    project = factories.a_project(ada)
    hit = factories.hits_of(factories.a_batch(project))[0]
    answer = factories.a_submitted_assignment(cleo, hit, answers=test_masks.whole(test_masks.TEXT))

    archive = dumping.dump_masks(project.template, str(tmp_path / "out.csv"))

    assert archive == tmp_path / "out-masks.zip"
    with zipfile.ZipFile(archive) as file:
        assert file.namelist() == [f"{answer.public_id}-mask.png", "index.csv"]
    with pytest.raises(InvalidValue):
        dumping.dump_masks(project.template, dumping.STDOUT)
