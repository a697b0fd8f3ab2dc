"""Batches in the API."""

import csv
import io

import pytest

from kempelen.domain.actions import assignments, claims
from kempelen.domain.models import HIT, Batch, Job, Requester, Worker
from kempelen.turkle_api import doing
from tests.factories import owner_of
from tests.turkle_api.calling import CSV, TEMPLATE, Api


@pytest.fixture
def api(ada: Requester) -> Api:
    return Api(owner_of(ada))


@pytest.fixture
def project(api: Api) -> int:
    pk: int = api.a_project()["id"]
    return pk


def test_rows_are_published_at_once_and_worked_on(api: Api, project: int, cleo: Worker) -> None:
    made = api.a_batch(project)
    assert made == api.get(f"/batches/{made['id']}/") | {
        "name": "May",
        "project": project,
        "filename": "may.csv",
        "active": True,
        "published": True,
        "completed": False,
        "assignments_per_task": 1,
        "allotted_assignment_time": 24,
    }
    batch = Batch.objects.get(pk=made["id"])
    assert claims.accept_next(cleo, batch.hit_group)
    assert Job.objects.get().finished_at


def test_a_large_batch_is_left_to_whoever_does_jobs(
    api: Api, project: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doing, "FEW", 1)
    made = api.a_batch(project)
    assert made["published"]
    assert Batch.objects.get(pk=made["id"]).state == "publishing"
    assert api.get(f"/batches/{made['id']}/progress/")["total_tasks"] == 2
    assert api.get(f"/batches/{made['id']}/input/") == '"text"\n"one"\n"two"\n'


def test_a_batch_may_differ_from_its_project(api: Api, project: int) -> None:
    made = api.a_batch(
        project, assignments_per_task=3, allotted_assignment_time=2, active=False, login_required=False
    )
    assert not made["active"]
    assert (made["assignments_per_task"], made["allotted_assignment_time"]) == (3, 2)
    assert not made["login_required"]
    group = Batch.objects.get(pk=made["id"]).hit_group
    assert (group.status, group.audience) == ("paused", "anonymous")
    assert set(HIT.objects.values_list("max_assignments", flat=True)) == {3}


def test_an_unpublished_batch_waits_with_all_that_was_said_of_it(api: Api, project: int) -> None:
    made = api.a_batch(project, published=False, assignments_per_task=2)
    assert (made["published"], made["completed"], made["assignments_per_task"]) == (False, False, 2)
    changed = api.patch(f"/batches/{made['id']}/", {"name": "June", "allotted_assignment_time": 3})
    assert (changed["name"], changed["allotted_assignment_time"]) == ("June", 3)
    assert api.get(f"/batches/{made['id']}/input/") == '"text"\n"one"\n"two"\n'
    assert api.get(f"/batches/{made['id']}/progress/")["total_task_assignments"] == 4
    assert not HIT.objects.exists()


def test_progress_results_and_completion_follow_the_work(api: Api, project: int, cleo: Worker) -> None:
    pk = api.a_batch(project, csv_text="text\n¡olé!\n")["id"]
    assert api.get(f"/batches/{pk}/results/").count("\n") == 1
    held = claims.accept_next(cleo, Batch.objects.get(pk=pk).hit_group)
    assert not api.get(f"/batches/{pk}/")["completed"]
    assignments.submit(held.public_id, {"answer": '"señor", 私'})
    assert api.get(f"/batches/{pk}/progress/") == {
        "total_tasks": 1,
        "total_task_assignments": 1,
        "total_finished_tasks": 1,
        "total_finished_task_assignments": 1,
    }
    assert api.get(f"/batches/{pk}/")["completed"]
    (row,) = csv.DictReader(io.StringIO(api.get(f"/batches/{pk}/results/")))
    assert (row["Input.text"], row["Answer.answer"]) == ("¡olé!", '"señor", 私')
    assert row["Turkle.Username"] == row["WorkerId"] == cleo.public_id


def test_administrators_read_who_worked(api: Api, project: int, cleo: Worker, ben: Requester) -> None:
    pk = api.a_batch(project)["id"]
    held = claims.accept_next(cleo, Batch.objects.get(pk=pk).hit_group)
    assignments.submit(held.public_id, {"answer": "yes"})
    admin = Api(owner_of(ben), is_admin=True)
    (row,) = csv.DictReader(io.StringIO(admin.get(f"/batches/{pk}/results/")))
    assert cleo.user
    assert row["Turkle.Username"] == cleo.user.username


def test_tasks_are_added_to_a_batch(api: Api, project: int) -> None:
    pk = api.a_batch(project)["id"]
    assert api.post(f"/batches/{pk}/tasks/", {"csv_text": "text\nthree\n"}) == {"new_tasks": 1}
    assert api.get(f"/batches/{pk}/progress/")["total_tasks"] == 3
    assert api.get(f"/batches/{pk}/input/").splitlines()[-1] == '"three"'
    required = {"csv_text": ["This field is required."]}
    assert api.post(f"/batches/{pk}/tasks/", {}, status=400) == required
    assert "csv_text" in api.post(f"/batches/{pk}/tasks/", {"csv_text": "heading\nx\n"}, status=400)
    assert api.get(f"/batches/{pk}/progress/")["total_tasks"] == 3


def test_only_some_things_of_a_batch_can_be_changed(api: Api, project: int) -> None:
    pk = api.a_batch(project)["id"]
    refused = api.patch(f"/batches/{pk}/", {"login_required": False, "name": "June"}, status=400)
    assert refused == {"login_required": ["Cannot update through patch"]}
    changed = api.patch(f"/batches/{pk}/", {"id": pk, "active": False, "allotted_assignment_time": 5})
    assert (changed["name"], changed["active"], changed["allotted_assignment_time"]) == ("May", False, 5)
    durations = HIT.objects.values_list("hit_type__assignment_duration_seconds", flat=True)
    assert set(durations) == {5 * 3600}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"csv_text": ""}, "csv_text"),
        ({"csv_text": "text\n"}, "csv_text"),
        ({"csv_text": "other\nx\n"}, "csv_text"),
        ({"csv_text": "text,text\na,b\n"}, "csv_text"),
        ({"csv_text": "text\none\ntwo,three\n"}, "csv_text"),
        ({"assignments_per_task": -1}, "assignments_per_task"),
        ({"project": 10**12}, "project"),
        ({"project": "x"}, "project"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_its_place_and_nothing_is_kept(
    api: Api, project: int, given: dict[str, object], field: str
) -> None:
    batch = {"name": "May", "project": project, "filename": "may.csv", "csv_text": CSV}
    refused = api.post("/batches/", batch | given, status=400)
    assert list(refused) == [field]
    assert not Batch.objects.exists()


def test_a_file_of_excels_is_read(api: Api, project: int) -> None:
    pk = api.a_batch(project, csv_text="\ufefftext\r\none\r\n")["id"]
    assert api.get(f"/batches/{pk}/input/") == '"text"\n"one"\n'


def test_lists_cost_the_same_number_of_queries_however_long(
    api: Api, project: int, django_assert_max_num_queries
) -> None:
    for _ in range(5):
        api.a_batch(project)
    with django_assert_max_num_queries(8):
        assert len(api.get("/batches/")["results"]) == 5


def test_what_is_not_there_is_not_found(api: Api) -> None:
    for path in ("", "input/", "results/", "progress/", "permissions/"):
        api.get(f"/batches/999999/{path}", status=404)
        api.get(f"/batches/{'9' * 19}/{path}", status=404)
    api.get("/batches/x/", status=404)
    api.get("/nothing/", status=404)


def test_a_template_that_changed_does_not_change_what_runs(api: Api, project: int) -> None:
    pk = api.a_batch(project)["id"]
    api.patch(f"/projects/{project}/", {"html_template": TEMPLATE.replace("${text}", "${other}")})
    version = Batch.objects.get(pk=pk).template_version
    assert "${text}" in version.html
