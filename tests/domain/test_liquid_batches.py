"""Batches of templates in Liquid, and of JSON Lines."""

import json

import pytest
from django.core.files.base import ContentFile

from kempelen.api.structures import hit_structure
from kempelen.domain.actions import batches, projects, publishing, row_hits
from kempelen.domain.batches import results as files
from kempelen.domain.errors import FileRefused, InvalidParameter, InvalidValue
from kempelen.domain.models import HIT, Batch, Project
from kempelen.domain.queries import hits, results, tasks
from tests.factories import a_batch, a_project, a_submitted_assignment, a_worker, group_of, hits_of

LIQUID = (
    "<p>{{ task.input.taskObject }}</p>{% for label in task.input.labels %}<b>{{ label }}</b>{% endfor %}"
    "<input name='answer'>"
)
LINES = [
    {"source": "one", "labels": ["Cat", "<Dog>"], "id": 1},
    {"source-ref": "s3://photos/two.png", "id": 2},
]


def an_upload(project: Project, lines=LINES, *, name: str = "dataset.manifest") -> Batch:
    """A batch of JSON Lines, not published."""
    content = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return batches.upload(project, ContentFile(content.encode()), file_name=name)


def published(project: Project, lines=LINES) -> Batch:
    """A batch of JSON Lines with its HITs."""
    batch = an_upload(project, lines)
    batches.publish(batch)
    return publishing.publish_now(batch.pk)


def page_of(hit: HIT) -> str:
    return tasks.page_of(hit.template_version, hit.inputs)


@pytest.fixture
def project(db: None) -> Project:
    return a_project(html=LIQUID, language="liquid")


def test_lines_of_a_manifest_fill_a_template_in_liquid(project: Project, monkeypatch) -> None:
    monkeypatch.setattr(row_hits, "PAGE", 1)
    one, two = hits_of(published(project))
    assert page_of(one) == "<p>one</p><b>Cat</b><b>&lt;Dog&gt;</b><input name='answer'>"
    assert page_of(two) == "<p>s3://photos/two.png</p><input name='answer'>"


def test_rows_of_a_csv_do_so_too(project: Project) -> None:
    (hit,) = hits_of(a_batch(project, rows=[{"source": "<one>", "labels": '["Cat"]'}]))
    assert page_of(hit) == "<p>&lt;one&gt;</p><b>Cat</b><input name='answer'>"


def test_programs_see_the_page_that_workers_see(project: Project) -> None:
    hit, _ = hits_of(published(project))
    question = hit_structure(hits.found(hit.requester, hit.public_id))["Question"]
    assert "<p>one</p><b>Cat</b><b>&lt;Dog&gt;</b><input name='answer'>" in question
    assert '<form name="mturk_form"' in question


def test_mturks_templates_take_json_lines_and_are_filled_as_ever(db: None) -> None:
    project = a_project(html="<p>${source} ${labels} {{ task.input.source }}</p><input name='answer'>")
    one, two = hits_of(published(project))
    assert page_of(one).startswith('<p>one ["Cat", "<Dog>"] {{ task.input.source }}</p>')
    assert page_of(two).startswith("<p>  {{")


def test_results_have_the_keys_of_the_lines_as_columns(project: Project) -> None:
    batch = published(project)
    for hit in hits_of(batch):
        a_submitted_assignment(a_worker(), hit, answers={"answer": "yes"})
    groups = [group_of(batch).pk]
    rows = list(results.rows_of(groups, requester=batch.requester))
    assert [row.inputs for row in rows] == [
        {"source": "one", "labels": '["Cat", "<Dog>"]', "id": "1", "source-ref": ""},
        {"source": "", "labels": "", "id": "2", "source-ref": "s3://photos/two.png"},
    ]
    csv = "".join(files.csv_lines(rows, results.columns_of([batch]), ["answer"]))
    assert '"Input.source","Input.labels","Input.id","Input.source-ref","Answer.answer"' in csv
    assert '"one","[""Cat"", ""<Dog>""]","1","","yes"' in csv


def test_what_template_and_file_lack_of_each_other_is_warned_of(project: Project) -> None:
    project = projects.update_project(
        project, html=LIQUID + "{{ task.input.title }}{{ task.input.x | grant_read_access }}"
    )
    warnings = an_upload(project).csv_facts["warnings"]
    assert [warning.partition(",")[0] for warning in warnings] == [
        "The template’s line 1 has task.input.title",
        "The template’s line 1 has task.input.x",
        "The template does not use these columns; they are kept with each HIT: id.",
        "The file has s3:// addresses",
    ]


def test_a_file_without_any_column_of_the_template_is_refused(project: Project) -> None:
    with pytest.raises(FileRefused, match=r"none of its columns is used by the template"):
        an_upload(project, [{"text": "1"}])


def test_a_row_that_the_template_cannot_take_is_told_with_its_place(project: Project) -> None:
    project = projects.update_project(
        project, html="\n{{ task.input.id | times: 2 | divided_by: task.input.by }}<input name=a>"
    )
    with pytest.raises(FileRefused) as refused:
        an_upload(project, [{"id": 1, "by": 1}, {"id": 1, "by": 0}])
    assert refused.value.problems == ["Template with object 2, line 2: divided_by: can't divide by 0"]
    assert not Batch.objects.exists()


def test_a_template_that_is_no_liquid_is_not_published(project: Project) -> None:
    project = projects.update_project(project, html="<input name=a>\n{% if %}")
    with pytest.raises(FileRefused, match="Template, line 2: this is no Liquid that can be filled"):
        an_upload(project)


def test_another_language_is_another_version(project: Project) -> None:
    first = project.template.current_version
    assert projects.update_project(project, html=LIQUID).template.current_version == first
    assert projects.update_project(project, language="mturk").template.current_version.number == 2
    assert projects.update_project(project, html=LIQUID + "!").template.current_version.language == "mturk"
    with pytest.raises(InvalidValue, match="not one of mturk, liquid"):
        projects.update_project(project, language="jinja")


def test_problems_of_lines_are_said_with_their_place(project: Project) -> None:
    with pytest.raises(FileRefused) as refused:
        an_upload(project, [{"source": "1"}, "{"], name="C:\\data\\rows.jsonl")
    assert refused.value.problems[0].startswith("rows.jsonl, line 2: ")


def test_programs_make_hits_of_a_layout_in_liquid(project: Project) -> None:
    def task(*parameters: tuple[str, str]) -> tasks.Task:
        layout_id = project.template.public_id
        return tasks.task_of(
            project.requester, question=None, layout_id=layout_id, layout_parameters=parameters
        )

    made = task(("source", "one"), ("labels", '["Cat"]'))
    assert made.template_version is not None
    page = tasks.page_of(made.template_version, made.inputs or {})
    assert page == "<p>one</p><b>Cat</b><input name='answer'>"
    assert task().inputs == {}  # what is missing is empty
    with pytest.raises(InvalidParameter):
        task(("colour", "red"))
