"""Projects in the API."""

import pytest

from kempelen.domain.models import Event, Project, Requester
from tests.factories import a_project, owner_of
from tests.turkle_api.calling import TEMPLATE, Api


@pytest.fixture
def api(ada: Requester) -> Api:
    return Api(owner_of(ada))


def test_a_project_is_made_with_turkles_defaults_and_is_the_same_row_as_on_the_pages(
    api: Api, ada: Requester
) -> None:
    made = api.a_project()
    project = Project.objects.get(pk=made["id"])
    assert (project.requester, project.name, project.file_name) == (ada, "Birds", "birds.html")
    assert (project.lifetime_seconds, project.reward_cents) == (365 * 24 * 3600, 0)
    owner = owner_of(ada).pk
    assert made == api.get(f"/projects/{project.pk}/") | {
        "name": "Birds",
        "filename": "birds.html",
        "html_template": TEMPLATE,
        "created_by": owner,
        "updated_by": owner,
        "active": True,
        "allotted_assignment_time": 24,
        "assignments_per_task": 1,
        "login_required": True,
        "custom_permissions": False,
        "batches": [],
    }


def test_what_is_given_is_changed_and_a_new_template_is_a_new_version(api: Api) -> None:
    pk = api.a_project(allotted_assignment_time=2, login_required=False)["id"]
    html = TEMPLATE.replace("Your", "An")
    changed = api.patch(f"/projects/{pk}/", {"html_template": html, "assignments_per_task": 3})
    assert (changed["html_template"], changed["assignments_per_task"]) == (html, 3)
    assert (changed["allotted_assignment_time"], changed["login_required"]) == (2, False)
    assert Project.objects.get(pk=pk).template.versions.count() == 2
    api.put(f"/projects/{pk}/", {"name": "x"}, status=400)
    put = {"name": "Cats", "filename": "c.html", "html_template": html}
    assert api.put(f"/projects/{pk}/", put)["name"] == "Cats"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"html_template": ""}, "html_template"),
        ({"html_template": "<p>nothing</p>"}, "html_template"),
        ({"name": "  "}, "name"),
        ({"assignments_per_task": 0}, "assignments_per_task"),
        ({"assignments_per_task": "many"}, "assignments_per_task"),
        ({"allotted_assignment_time": 8761}, "allotted_assignment_time"),
        ({"active": "maybe"}, "active"),
        ({"name": "x" * 201}, "name"),
        ({"name": "a\0b"}, "name"),
    ],
)
def test_what_makes_no_sense_is_told_by_its_field_and_nothing_is_made(
    api: Api, given: dict[str, object], field: str
) -> None:
    project = {"name": "Birds", "filename": "birds.html", "html_template": TEMPLATE}
    refused = api.post("/projects/", project | given, status=400)
    assert list(refused) == [field]
    assert isinstance(refused[field], list)
    assert not Project.objects.exists()


def test_what_must_be_there_is_told_in_turkles_words(api: Api) -> None:
    refused = api.post("/projects/", {"name": "Birds"}, status=400)
    assert refused == {
        "filename": ["This field is required."],
        "html_template": ["This field is required."],
    }


def test_a_project_that_is_not_active_gives_nothing_out(api: Api) -> None:
    pk = api.a_project()["id"]
    batch = api.a_batch(pk)["id"]
    assert not api.patch(f"/projects/{pk}/", {"active": False})["active"]
    paused = Project.objects.get(pk=pk).batches.get(pk=batch)
    assert paused.hit_group.status == "paused"
    assert api.get(f"/batches/{batch}/")["active"]
    assert api.patch(f"/projects/{pk}/", {"active": True})["active"]
    paused.hit_group.refresh_from_db()
    assert paused.hit_group.status == "open"
    assert not api.a_project(active=False)["active"]


def test_lists_come_in_pages_of_twenty_with_a_bounded_number_of_queries(
    api: Api, ada: Requester, django_assert_max_num_queries
) -> None:
    for _ in range(21):
        a_project(ada)
    with django_assert_max_num_queries(8):
        first = api.get("/projects/")
    assert (first["count"], len(first["results"]), first["previous"]) == (21, 20, None)
    assert first["next"] == "http://testserver/api/projects/?page=2"
    assert len(api.get("/projects/?page=2")["results"]) == 1
    assert api.get("/projects/?page=3", status=404) == {"detail": "Invalid page."}


def test_a_project_lists_its_batches_and_one_without_has_no_such_list(api: Api) -> None:
    pk = api.a_project()["id"]
    api.get(f"/projects/{pk}/batches/", status=404)
    batch = api.a_batch(pk)
    assert api.get(f"/projects/{pk}/batches/")["results"] == [batch]
    assert api.get(f"/projects/{pk}/")["batches"] == [batch["id"]]


def test_a_change_stands_in_the_log_under_the_tokens_user(api: Api, ada: Requester) -> None:
    api.patch(f"/projects/{api.a_project()['id']}/", {"name": "Cats"})
    saved = Event.objects.filter(kind="ProjectSaved").values_list("user_pk", flat=True)
    assert set(saved) == {owner_of(ada).pk}
