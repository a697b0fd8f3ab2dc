"""Versions of a template: compared and restored; and copies of projects."""

import pytest
from django.core.files.base import ContentFile

from kempelen.domain.actions import audiences, project_files, projects
from kempelen.domain.models import Event, Project
from kempelen.domain.qualifications import system_types
from tests.factories import HTML, a_batch, a_worker
from tests.web.requester.forms_sent import form_on

OTHER = HTML.replace("Your answer", "Your opinion")
LAST = OTHER + "\n<p>Thank you.</p>"


@pytest.fixture
def versions(project):
    for html in (OTHER, LAST):
        projects.update_project(project, html=html)
    return project.template.versions


def test_a_version_is_compared_with_the_one_before_or_another(owner, at, project, versions):
    page = owner.get(at("projects/1/versions/3/")).content.decode()
    assert "What changed from version 2" in page
    assert "1 line added" in page
    assert "0 lines removed" in page
    assert "&lt;p&gt;Thank you.&lt;/p&gt;" in page
    page = owner.get(at("projects/1/versions/3/?against=1")).content.decode()
    assert "What changed from version 1" in page
    assert "<mark>" in page
    for nonsense in ("x", "3", "99", "9" * 30):
        assert owner.get(at(f"projects/1/versions/3/?against={nonsense}")).status_code == 200
    assert "What changed" not in owner.get(at("projects/1/versions/1/")).content.decode().replace(
        "What changed from version 3", ""
    )
    assert owner.get(at("projects/1/versions/4/")).status_code == 404


def test_a_template_in_a_diff_is_text_and_never_markup(owner, at, project):
    projects.update_project(project, html="<script>alert(1)</script>")
    page = owner.get(at("projects/1/versions/2/")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_older_version_becomes_the_newest(owner, at, project, versions):
    answer = owner.post(at("projects/1/versions/1/restore/"))
    assert answer["Location"] == at("projects/1/versions/4/")
    assert project.template.current_version.html == HTML
    assert Event.objects.get(kind="ProjectTemplateRestored").data["became"] == 4
    owner.post(at("projects/1/versions/4/restore/"))
    assert versions.count() == 4
    assert owner.post(at("projects/1/versions/9/restore/")).status_code == 404


def test_the_list_of_versions_says_which_is_current(owner, member, at, project, versions):
    page = owner.get(at("projects/1/versions/")).content.decode()
    assert page.count("current</span>") == 1
    assert page.count("> Restore</button>") == 2
    assert "Restore</button>" not in member("viewer").get(at("projects/1/versions/")).content.decode()


def test_a_copy_has_all_but_the_batches_and_older_versions(owner, at, ada, project, versions, settings):
    storage = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"files": storage}
    worker = a_worker()
    rate = {"QualificationTypeId": system_types.APPROVED, "Comparator": "LessThan", "IntegerValues": [5]}
    projects.update_project(project, qualification_requirements=[rate], permissions=["camera"])
    audiences.open_project(project, audience="groups", workers=[worker.public_id])
    project_files.put(project, ContentFile(b"1"), path="app.js")
    a_batch(project)

    answer = owner.post(at("projects/1/copy/"))
    assert answer["Location"] == at("projects/2/edit/")
    copy = Project.objects.get(number=2)
    assert (copy.name, copy.reward_cents, copy.max_assignments) == ("Copy of Opinions", 5, 2)
    assert (copy.permissions, copy.audience) == (["camera"], "groups")
    assert copy.qualification_requirements == project.qualification_requirements
    assert list(audiences.named_workers(copy)) == [worker]
    assert project_files.paths_of(copy) == {"app.js"}
    assert [version.html for version in copy.template.versions.all()] == [LAST]
    assert not copy.batches.exists()
    audiences.open_project(copy, audience="workers")
    assert list(audiences.named_workers(project)) == [worker]


def test_a_viewer_copies_and_restores_nothing(member, at, project, versions):
    viewer = member("viewer")
    assert viewer.post(at("projects/1/copy/")).status_code == 403
    assert viewer.post(at("projects/1/versions/1/restore/")).status_code == 403
    assert (Project.objects.count(), versions.count()) == (1, 3)


def test_the_name_of_a_copy_fits(owner, at, ada, project):
    projects.update_project(project, name="x" * 200)
    owner.post(at("projects/1/copy/"))
    assert len(Project.objects.get(number=2).name) == 200


def test_an_archived_project_is_found_and_brought_back(owner, at, project):
    owner.post(at("projects/1/archive/"), {"archived": "1"}, follow=True)
    assert "Opinions" not in owner.get(at("projects/")).content.decode()
    assert "Archived (1)" in owner.get(at("projects/")).content.decode()
    assert "Opinions" in owner.get(at("projects/?archived=1&q=opin")).content.decode()
    owner.post(at("projects/1/archive/"), {"archived": "0"}, follow=True)
    assert "Opinions" in owner.get(at("projects/")).content.decode()


def test_a_page_that_grew_old_takes_nobodys_template_back(owner, at, project):
    old = form_on(owner.get(at("projects/1/edit/")).content.decode(), "project-form")
    projects.update_project(project, html=OTHER)
    assert owner.post(at("projects/1/edit/"), old | {"reward": "0.50"}).status_code == 302
    project.refresh_from_db()
    assert (project.reward_cents, project.template.current_version.html) == (50, OTHER)
    assert project.template.versions.count() == 2


def test_two_who_write_at_once_are_told_and_the_second_decides(owner, at, project):
    old = form_on(owner.get(at("projects/1/edit/")).content.decode(), "project-form")
    projects.update_project(project, html=OTHER)
    answer = owner.post(at("projects/1/edit/"), old | {"html": LAST})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Version 2 was saved while you worked on version 1" in page
    assert project.template.versions.count() == 2
    for _ in range(2):  # sent twice, it is saved once
        assert owner.post(at("projects/1/edit/"), form_on(page, "project-form")).status_code == 302
    assert [version.html for version in project.template.versions.order_by("number")][1:] == [OTHER, LAST]


@pytest.mark.parametrize("based_on", ["", "x", "0", "99", "9" * 30])
def test_whatever_a_page_says_it_began_with_is_answered(owner, at, project, based_on):
    sent = form_on(owner.get(at("projects/1/edit/")).content.decode(), "project-form")
    answer = owner.post(at("projects/1/edit/"), sent | {"html": OTHER, "based_on": based_on})
    assert answer.status_code in (302, 422)
