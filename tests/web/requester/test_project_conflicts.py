"""Two members who change a project's properties at once: the second is told, and decides."""

import json
from typing import Any

import pytest
from django.test import Client

from kempelen.domain.actions import projects
from kempelen.domain.models import Project, WorkerGroup
from tests.web.requester.forms_sent import Fields, form_on

OTHER = "<p>${bird}</p><input name='other'>"


@pytest.fixture
def old(owner: Client, at: Any, project: Project) -> Fields:
    """The form as it was before somebody else saved."""
    return form_on(owner.get(at("projects/1/edit/")).text, "project-form")


def send(owner: Client, at: Any, fields: Fields, **typed: Any) -> Any:
    return owner.post(at("projects/1/edit/"), fields | typed)


def test_who_saves_second_reads_what_differs_keeps_what_was_typed_and_decides(
    owner: Client, member: Any, at: Any, project: Project, old: Fields
) -> None:
    editor = member("editor")
    assert send(editor, at, old, reward="0.10", title="Changed by the editor").status_code == 302
    answer = send(owner, at, old, reward="0.07", description="Mine")
    page = " ".join(answer.text.split())
    assert answer.status_code == 422
    for words in ("Editor saved this project while you worked", "$0.05", "$0.10", "$0.07", "not changed"):
        assert words in page
    project.refresh_from_db()
    assert (project.reward_cents, project.description) == (10, project.description)
    shown = form_on(answer.text, "project-form")
    assert (shown["reward"], shown["description"]) == (["0.07"], ["Mine"])
    assert shown["title"] == ["Changed by the editor"]
    assert send(owner, at, shown).status_code == 302
    project.refresh_from_db()
    assert (project.reward_cents, project.title) == (7, "Changed by the editor")


def test_who_changed_the_same_to_the_same_hears_nothing(
    owner: Client, at: Any, project: Project, old: Fields
) -> None:
    projects.update_project(project, reward_cents=10)
    assert send(owner, at, old, reward="0.10", title="Mine").status_code == 302


def test_groups_permissions_and_requirements_are_compared_too(
    owner: Client, at: Any, project: Project, old: Fields
) -> None:
    group = WorkerGroup.objects.create(requester=project.requester, name="Pilots")
    wanted = [
        {
            "QualificationTypeId": "000000000000000000L0",
            "Comparator": "GreaterThanOrEqualTo",
            "IntegerValues": [95],
            "ActionsGuarded": "Accept",
        }
    ]
    projects.update_project(
        project, groups=[group], permissions=["camera"], qualification_requirements=wanted
    )
    answer = send(owner, at, old, keywords="mine")
    for words in ("Pilots", "Camera", "95"):
        assert words in answer.text
    shown = form_on(answer.text, "project-form")
    assert send(owner, at, shown).status_code == 302
    project.refresh_from_db()
    assert (project.permissions, project.keywords) == (["camera"], "mine")
    assert project.qualification_requirements[0]["IntegerValues"] == [95]
    assert project.groups.get() == group


def test_a_template_that_was_typed_outlives_the_question(
    owner: Client, at: Any, project: Project, old: Fields
) -> None:
    projects.update_project(project, title="Theirs")
    answer = send(owner, at, old, html=OTHER)
    shown = form_on(answer.text, "project-form")
    assert shown["html"] == [OTHER]
    assert send(owner, at, shown).status_code == 302
    assert project.template.current_version.html == OTHER


def test_a_form_with_faults_still_knows_what_it_began_with(
    owner: Client, at: Any, project: Project, old: Fields
) -> None:
    faulty = send(owner, at, old, title="", reward="0.07")
    projects.update_project(project, reward_cents=10)
    again = form_on(faulty.text, "project-form")
    assert "while you worked" in send(owner, at, again, title="Good").text


@pytest.mark.parametrize(
    "seen",
    [
        "",
        "[",
        "[1]",
        "[" * 5_000,
        json.dumps({"reward_cents": 10**400, "title": 7, "audience": "x", "groups": "y", "permissions": 3}),
        json.dumps({"reward_cents": {"a": []}, "qualification_requirements": [[{"a": 1}]], "audience": [1]}),
        json.dumps({"lifetime_seconds": "9" * 5_000, "title": "\0"}),
    ],
)
def test_whatever_a_page_says_it_had_seen_is_answered(
    owner: Client, at: Any, project: Project, old: Fields, seen: str
) -> None:
    projects.update_project(project, title="Theirs", reward_cents=9, audience="anonymous")
    assert send(owner, at, old, seen=seen, reward="0.08").status_code in (302, 422)
