"""Pages of worker groups, of who may work, and the import."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kempelen.domain.actions import audiences, people, worker_groups
from kempelen.domain.models import User, WorkerGroup
from kempelen.domain.queries import access
from tests.factories import group_of

NEW = {"username": "Greta", "email": "", "password": "a-long-enough-one"}


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def a_file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("people.csv", text.encode())


def test_a_group_is_made_filled_exported_and_deleted(owner, at, cleo):
    page = owner.post(at("worker-groups/new/"), {"name": "Pilots"})["Location"]
    owner.post(f"{page}add/", {"workers": f"{cleo.public_id}, {cleo.public_id}"})
    assert cleo.public_id in text_of(owner, page)
    assert cleo.user.username not in text_of(owner, page)
    sent = b"".join(owner.get(f"{page}workers.csv")).decode()
    assert sent == f"worker_id,groups\r\n{cleo.public_id},Pilots\r\n"
    owner.post(f"{page}remove/", {"worker": cleo.public_id})
    assert "Nobody is in it yet" in text_of(owner, page)
    owner.post(f"{page}rename/", {"name": "Testers"})
    assert '<h1 class="break">Testers</h1>' in text_of(owner, page)
    owner.post(f"{page}delete/")
    assert not WorkerGroup.objects.exists()


def test_what_is_wrong_is_said_at_its_field(owner, at, ada):
    group = worker_groups.create(ada, "Pilots")
    taken = owner.post(at("worker-groups/new/"), {"name": "Pilots"})
    unknown = owner.post(at(f"worker-groups/{group.pk}/add/"), {"workers": "AZZZ"})
    assert (taken.status_code, unknown.status_code) == (422, 422)
    assert "There is a group “Pilots” already" in taken.content.decode()
    assert "has the WorkerId AZZZ" in unknown.content.decode()


def test_a_link_to_a_group_works_for_as_many_as_it_says(owner, at, ada):
    group = worker_groups.create(ada, "Pilots")
    owner.post(at(f"worker-groups/{group.pk}/invite/"), {"uses": "2"})
    page = text_of(owner, at(f"worker-groups/{group.pk}/"))
    (path,) = re.findall(r'value="http://testserver(/account/join/[^"]+)"', page)
    Client().post(path, NEW)
    assert group.members.get().user.username == "Greta"
    assert (
        "for 1 more" in text_of(owner, at(f"worker-groups/{group.pk}/"))
        or group.invitations.get().uses_left == 1
    )


def test_a_project_and_a_batch_are_opened_to_groups_and_names(owner, at, ada, batch, cleo, dan):
    group = worker_groups.create(ada, "Pilots")
    worker_groups.change_members(group, add=[dan])
    chosen = {"audience": "groups", "groups": [group.pk], "workers": cleo.public_id}
    assert owner.post(at("projects/1/audience/"), chosen).status_code == 302
    assert "1 worker by name" in text_of(owner, at("projects/1/"))
    assert group_of(batch).audience == "workers"
    owner.post(at("batches/1/audience/"), {"audience": "groups", "workers": cleo.public_id})
    batch.refresh_from_db()
    assert access.may_work(cleo, batch.hit_group)
    assert not access.may_work(dan, batch.hit_group)
    assert cleo.public_id in text_of(owner, at("batches/1/audience/"))


def test_nobody_chosen_is_refused_at_the_field(owner, at, project):
    answer = owner.post(at("projects/1/audience/"), {"audience": "groups"})
    assert answer.status_code == 422
    assert "Choose at least one group" in answer.content.decode()


def test_the_projects_own_form_knows_of_named_workers(owner, at, project, cleo):
    audiences.open_project(project, audience="groups", workers=[cleo.public_id])
    page = text_of(owner, at("projects/1/edit/"))
    assert "named 3" not in page
    assert "named 3" not in text_of(owner, at("worker-groups/"))


def test_an_import_is_looked_at_first_and_shows_the_links_once(owner, at, ada):
    there = at("worker-groups/import/")
    looked_at = owner.post(there, {"csv": a_file("username,groups\nzoe,Pilots\n")}).content.decode()
    assert "This would happen" in looked_at
    assert not User.objects.filter(username="zoe").exists()
    (text,) = re.findall(r'name="text" value="([^"]+)"', looked_at)
    done = owner.post(there, {"text": text, "really": "1"}).content.decode()
    (link,) = re.findall(r"http://testserver(/account/link/\S+)", done)
    assert Client().post(link).status_code == 302
    assert worker_groups.named(ada, "Pilots").members.get().user.username == "zoe"


def test_a_file_with_faults_changes_nothing_and_names_them(owner, at):
    answer = owner.post(at("worker-groups/import/"), {"csv": a_file("username,email\nzoe,nowhere\n")})
    assert answer.status_code == 422
    assert "people.csv, row 2, column email: Enter a valid email" in answer.content.decode()
    empty = owner.post(at("worker-groups/import/"))
    assert "Choose a file." in empty.content.decode()


def test_on_a_closed_server_owners_make_no_accounts_but_administrators_do(owner, at, ada, settings):
    settings.KEMPELEN_SIGNUP = "closed"
    file = {"csv": a_file("username\nzoe\n")}
    assert "you may not make accounts" in owner.post(at("worker-groups/import/"), file).content.decode()
    User.objects.filter(username="Ada").update(is_superuser=True)
    file = {"csv": a_file("username\nzoe\n")}
    assert "This would happen" in owner.post(at("worker-groups/import/"), file).content.decode()


def test_a_viewer_sees_groups_and_changes_none(member, at, ada, cleo):
    group = worker_groups.create(ada, "Pilots")
    viewer = member("viewer")
    assert "Pilots" in text_of(viewer, at("worker-groups/"))
    assert "New group" not in text_of(viewer, at("worker-groups/"))
    assert viewer.post(at(f"worker-groups/{group.pk}/delete/")).status_code == 403
    assert people.worker_of(cleo.user) == cleo


def test_the_file_of_a_group_runs_no_formula_and_comes_back_as_it_was(owner, at, ada, cleo):
    group = worker_groups.create(ada, "=1+1")
    worker_groups.change_members(group, add=[cleo])
    file = b"".join(owner.get(at(f"worker-groups/{group.pk}/workers.csv"))).decode()
    assert f"{cleo.public_id},'=1+1" in file
    worker_groups.change_members(group, remove=[cleo])
    owner.post(at("worker-groups/import/"), {"text": file, "really": "1"})
    assert list(group.members.all()) == [cleo]
    assert worker_groups.groups_of(ada).count() == 1
