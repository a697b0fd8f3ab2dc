"""The page of a project's files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kempelen.domain.actions import project_files
from kempelen.domain.models import ProjectFile

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


@pytest.fixture(autouse=True)
def _in_memory(settings):
    storage = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"files": storage}


def png(name="cat.png", content=PNG):
    return SimpleUploadedFile(name, content)


def test_several_files_go_into_a_folder_and_are_listed_with_their_use(owner, at, project):
    answer = owner.post(
        at("projects/1/files/upload/"), {"file": [png(), png("dog.png")], "folder": "images/"}, follow=True
    )
    assert project_files.paths_of(project) == {"images/cat.png", "images/dog.png"}
    page = answer.content.decode()
    assert "2 files are saved." in page
    assert page.count("not named in the template") == 2
    assert "images/cat.png" in owner.get(at("projects/1/")).content.decode()
    line = answer.context["lines"][0]
    picture = owner.get(line.url)
    assert (b"".join(picture), line.picture_url) == (PNG, line.url)


def test_scripts_send_each_file_with_its_path_and_hear_what_was_not_taken(owner, at, project):
    sent = {"file": [png(), png("page.html")], "path": ["a/b/cat.png", "page.html"]}
    answer = owner.post(at("projects/1/files/upload/"), sent, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["saved"]) == (422, 1)
    assert "page.html" in answer.json()["problems"][0]
    assert project_files.paths_of(project) == {"a/b/cat.png"}


def test_without_scripts_the_page_says_what_was_not_taken(owner, at, project):
    answer = owner.post(at("projects/1/files/upload/"), {"file": [png(content=b"<p>no"), png("ok.png")]})
    assert answer.status_code == 422
    assert "1 file saved; these were not" in answer.content.decode()
    assert owner.post(at("projects/1/files/upload/")).status_code == 422


def test_files_are_found_and_removed(owner, at, project):
    owner.post(at("projects/1/files/upload/"), {"file": [png(), png("dog.png")]})
    assert "1 file with “dog”" in owner.get(at("projects/1/files/?q=dog")).content.decode()
    owner.post(at("projects/1/files/remove/"), {"path": ["dog.png", "never.png"]})
    assert project_files.paths_of(project) == {"cat.png"}


def test_a_viewer_sees_the_files_and_changes_none(member, owner, at, project):
    owner.post(at("projects/1/files/upload/"), {"file": png()})
    viewer = member("viewer")
    page = viewer.get(at("projects/1/files/")).content.decode()
    assert "cat.png" in page
    assert "Remove the chosen" not in page
    assert viewer.post(at("projects/1/files/remove/"), {"path": "cat.png"}).status_code == 403
    assert ProjectFile.objects.count() == 1


def test_the_editor_knows_the_files_of_the_project(owner, at, project):
    html = '<img src="cat.png"><img src="dog.png"><input name="a">'
    sent = {"html": html, "project": project.number}
    owner.post(at("projects/1/files/upload/"), {"file": png()})
    said = owner.post(at("projects/check/"), sent).content.decode()
    assert "dog.png is no file of this project" in said.replace("`", "").replace("“", "").replace("”", "")
    assert "cat.png" not in said
    assert "cat.png" in owner.get(at("projects/1/edit/")).content.decode()
    assert owner.post(at("projects/check/"), sent | {"project": "x"}).status_code == 200


def test_the_list_takes_as_many_queries_for_a_hundred_files_as_for_one(
    owner, at, project, django_assert_max_num_queries
):
    sent = {"file": [png(f"{number}.png") for number in range(60)]}
    owner.post(at("projects/1/files/upload/"), sent)
    with django_assert_max_num_queries(12):
        owner.get(at("projects/1/files/"))
