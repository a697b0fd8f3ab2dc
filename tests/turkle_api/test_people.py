"""Users and groups in the API."""

import pytest
from django.test import override_settings

from kempelen.domain.actions import people, worker_groups
from kempelen.domain.models import Event, Membership, Requester, User, Worker, WorkerGroup
from tests.factories import a_user, owner_of
from tests.turkle_api.calling import Api

GOOD = {"username": "smith", "password": "horse-battery-staple"}


@pytest.fixture
def admin(ben: Requester) -> Api:
    return Api(a_user("Root"), is_admin=True, slug=ben.slug)


@pytest.fixture
def api(ada: Requester) -> Api:
    return Api(owner_of(ada))


def test_an_administrator_makes_and_changes_a_user(admin: Api, ben: Requester) -> None:
    group = worker_groups.create(ben, "Pilots")
    made = admin.post("/users/", GOOD | {"first_name": "Jo", "last_name": "Smith", "groups": [group.pk]})
    user = User.objects.get(pk=made["id"])
    assert user.check_password(GOOD["password"])
    assert made == admin.get(f"/users/{user.pk}/") | {
        "username": "smith",
        "first_name": "Jo",
        "last_name": "Smith",
        "email": "",
        "is_active": True,
        "is_staff": False,
        "is_superuser": False,
        "groups": [group.pk],
    }
    changed = admin.patch(
        f"/users/{user.pk}/", {"email": "jo@example.org", "groups": [], "password": "n3w-horse!"}
    )
    assert (changed["email"], changed["groups"]) == ("jo@example.org", [])
    assert User.objects.get(pk=user.pk).check_password("n3w-horse!")
    assert Event.objects.filter(kind="PasswordChanged").count() == 1


def test_staff_are_editors_and_superusers_administer(ben: Requester) -> None:
    admin = Api(a_user("Root"), is_admin=True)
    made = admin.post("/users/", GOOD | {"is_staff": True, "is_superuser": True})
    assert (made["is_staff"], made["is_superuser"]) == (True, True)
    assert Membership.objects.get(user=made["id"]).role == "editor"
    path = f"/users/{made['id']}/"
    changed = admin.patch(path, {"is_staff": False, "is_superuser": False, "is_active": False})
    assert (changed["is_staff"], changed["is_superuser"], changed["is_active"]) == (False, False, False)
    assert admin.put(path, GOOD | {"username": "jones"})["username"] == "jones"
    admin.put(path, {"username": "jones"}, status=400)


def test_refused_users_leave_nothing_behind(admin: Api) -> None:
    before = User.objects.count()
    for wrong, field in [
        ({"password": "a"}, "password"),
        ({"username": "Root"}, "username"),
        ({"username": "with blank"}, "username"),
        ({"email": "no address"}, "email"),
        ({"groups": [987654]}, "groups"),
    ]:
        assert list(admin.post("/users/", GOOD | wrong, status=400)) == [field]
    assert list(admin.post("/users/", {"username": "x"}, status=400)) == ["password"]
    assert User.objects.count() == before


def test_the_last_administrator_and_the_last_owner_stay(ben: Requester) -> None:
    root = a_user("Root")
    admin = Api(root, is_admin=True)
    assert (
        "last administrator"
        in admin.patch(f"/users/{root.pk}/", {"is_superuser": False}, status=409)["detail"]
    )
    assert "yourself" in admin.patch(f"/users/{root.pk}/", {"is_active": False}, status=409)["detail"]
    refused = admin.patch(f"/users/{owner_of(ben).pk}/", {"is_staff": False}, status=409)
    assert "last owner" in refused["detail"]


def test_a_users_token_changes_nothing_but_the_own_name(api: Api, ada: Requester, cleo: Worker) -> None:
    owner = owner_of(ada)
    own = f"/users/{owner.pk}/"
    assert api.patch(own, {"first_name": "Augusta"})["first_name"] == "Augusta"
    for grab in ({"is_superuser": True}, {"password": "h0rse-battery"}, {"email": "a@example.org"}):
        api.patch(own, grab, status=403)
    # Turkle's client sends back what it read.
    api.patch(own, api.get(own) | {"last_name": "King"})
    colleague = a_user("Colleague")
    people.add_member(ada, colleague, role="editor")
    api.patch(f"/users/{colleague.pk}/", {"first_name": "x"}, status=403)
    assert cleo.user
    api.patch(f"/users/{cleo.user.pk}/", {"first_name": "x"}, status=404)
    owner.refresh_from_db()
    assert (owner.is_superuser, owner.last_name, owner.first_name) == (False, "King", "Augusta")


def test_requesters_know_workers_by_their_ids_and_nothing_else(
    api: Api, ada: Requester, cleo: Worker
) -> None:
    assert cleo.user
    cleo.user.email = "cleo@example.org"
    cleo.user.save()
    api.get("/users/username/Cleo/", status=404)
    assert [user["username"] for user in api.get("/users/")["results"]] == ["Ada"]
    by_id = api.get(f"/users/username/{cleo.public_id}/")
    assert (by_id["id"], by_id["username"], by_id["email"]) == (cleo.user.pk, cleo.public_id, "")
    group = api.post("/groups/", {"name": "Pilots", "users": [cleo.public_id]})
    assert group["users"] == [cleo.user.pk]
    shown = api.get(f"/users/{cleo.user.pk}/")
    assert (shown["username"], shown["first_name"], shown["groups"]) == (cleo.public_id, "", [group["id"]])


def test_owners_make_users_where_people_may_sign_up(api: Api, ada: Requester) -> None:
    made = api.post("/users/", GOOD)
    assert made["username"] == "smith"
    api.post("/users/", {"username": "x", "password": GOOD["password"], "is_superuser": True}, status=403)
    with override_settings(KEMPELEN_SIGNUP="closed"):
        api.post("/users/", {"username": "y", "password": GOOD["password"]}, status=403)
    editor = a_user("Editor")
    people.add_member(ada, editor, role="editor")
    Api(editor).post("/users/", {"username": "z", "password": GOOD["password"]}, status=403)


def test_groups_are_made_found_and_filled(api: Api, ada: Requester, cleo: Worker) -> None:
    made = api.post("/groups/", {"name": "Early birds", "users": []})
    assert api.get("/groups/name/Early birds/")["results"] == [made]
    assert api.get("/groups/")["results"] == [made]
    api.get("/groups/name/Nobody/", status=404)
    path = f"/groups/{made['id']}/users/"
    filled = api.post(path, {"users": [cleo.public_id, owner_of(ada).pk]}, status=200)
    assert cleo.user
    assert set(filled["users"]) == {cleo.user.pk, owner_of(ada).pk}
    assert api.post(path, {"users": [10**15]}, status=400)["users"] == [
        "User with id 1000000000000000 does not exist"
    ]
    assert api.post(path, {}, status=400) == {"users": ["This field is required."]}
    assert list(api.post("/groups/", {"name": "Early birds", "users": []}, status=400)) == ["name"]
    assert list(api.post("/groups/", {"name": "x"}, status=400)) == ["users"]
    assert WorkerGroup.objects.count() == 1


def test_who_may_work_is_shown_added_to_and_replaced(
    api: Api, ada: Requester, cleo: Worker, dan: Worker
) -> None:
    project = api.a_project()["id"]
    group = api.post("/groups/", {"name": "Pilots", "users": []})["id"]
    assert cleo.user
    assert dan.user
    for path in (f"/projects/{project}/", f"/batches/{api.a_batch(project, published=False)['id']}/"):
        here = f"{path}permissions/"
        assert api.get(here) == {"users": [], "groups": []}
        added = api.post(here, {"users": [cleo.public_id], "groups": []})
        assert added == {"users": [cleo.user.pk], "groups": []}
        assert api.get(path)["custom_permissions"]
        added = api.post(here, {"users": [dan.public_id], "groups": [group]})
        assert added == {"users": sorted([cleo.user.pk, dan.user.pk]), "groups": [group]}
        assert api.put(here, {"users": [dan.user.pk], "groups": []}) == {"users": [dan.user.pk], "groups": []}
        assert api.put(here, {"users": [], "groups": []}) == {"users": [], "groups": []}
        assert api.get(path)["custom_permissions"]
        refused = api.post(here, {"users": [], "groups": [987654]}, status=400)
        assert refused == {"groups": ["Group with id 987654 does not exist"]}


def test_a_batch_takes_over_who_may_work_on_its_project(api: Api, cleo: Worker, dan: Worker) -> None:
    project = api.a_project()["id"]
    assert cleo.user
    api.post(f"/projects/{project}/permissions/", {"users": [cleo.public_id], "groups": []})
    batch = api.a_batch(project, custom_permissions=False)
    assert batch["custom_permissions"]
    here = f"/batches/{batch['id']}/permissions/"
    assert api.get(here) == {"users": [cleo.user.pk], "groups": []}
    api.put(here, {"users": [dan.public_id], "groups": []})
    assert api.get(f"/projects/{project}/permissions/")["users"] == [cleo.user.pk]
    assert not api.patch(f"/projects/{project}/", {"custom_permissions": False})["custom_permissions"]


def test_lists_of_people_cost_the_same_number_of_queries_however_long(
    admin: Api, ben: Requester, django_assert_max_num_queries
) -> None:
    group = worker_groups.create(ben, "Pilots")
    worker_groups.change_members(group, add=[people.worker_of(a_user("U")) for _ in range(10)])
    with django_assert_max_num_queries(9):
        assert len(admin.get("/users/")["results"]) == 11
    with django_assert_max_num_queries(6):
        assert len(admin.get("/groups/")["results"][0]["users"]) == 10


@pytest.mark.parametrize("number", ["99999999999999999999", "0", 2**63])
def test_a_number_that_no_user_can_have_is_refused(api: Api, number: int | str) -> None:
    refused = api.post("/groups/", {"name": "Pilots", "users": [number]}, status=400)
    assert "users" in refused
    project = api.a_project()["id"]
    api.put(f"/projects/{project}/permissions/", {"users": [number], "groups": []}, status=400)


def test_what_was_read_of_an_administrator_is_written_back_without_a_change(ada: Requester) -> None:
    admin = Api(a_user("Root"), is_admin=True)
    read = admin.get("/users/username/Root/")
    admin.patch(f"/users/{read['id']}/", {"is_staff": read["is_staff"], "first_name": "Jo"})
    assert not Membership.objects.filter(user=read["id"]).exists()


def test_what_stays_as_it_is_needs_no_requester_in_the_address(ada: Requester, ben: Requester) -> None:
    admin = Api(a_user("Root"), is_admin=True)
    made = admin.post("/users/", GOOD | {"is_staff": False})
    changed = admin.patch(f"/users/{made['id']}/", {"is_staff": False, "first_name": "Dan"})
    assert changed["first_name"] == "Dan"
    admin.patch(f"/users/{made['id']}/", {"is_staff": True}, status=400)
