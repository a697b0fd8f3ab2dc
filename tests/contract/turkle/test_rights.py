"""What Turkle let people see and do who had no right to it; numbers as in `weaknesses`."""

import pytest
from django.test import Client

from kempelen.domain.actions import claims
from kempelen.domain.errors import Refusal
from kempelen.domain.models import HIT, Assignment, HITGroup, Project, Requester, User, Worker
from tests.contract.turkle.conftest import logged_in
from tests.factories import (
    a_batch,
    a_project,
    a_user,
    an_assignment,
    an_upload,
    group_of,
    hits_of,
    owner_of,
)
from tests.turkle_api.calling import Api


def test_01_nobody_makes_themselves_administrator(workers_api: Api, ada: Requester, cleo: Worker) -> None:
    assert cleo.user
    grab = {"is_superuser": True, "is_staff": True}
    for api, user in ((workers_api, cleo.user), (Api(owner_of(ada)), owner_of(ada))):
        api.patch(f"/users/{user.pk}/", grab, status=403)
        user.refresh_from_db()
        assert (user.is_superuser, user.is_staff) == (False, False)
    # Nor does a browser's log-in count for the API.
    answer = logged_in(cleo.user).patch(f"/api/users/{cleo.user.pk}/", grab, content_type="application/json")
    assert answer.status_code in {401, 403}
    assert logged_in(cleo.user).get("/site/").status_code == 404


def test_02_nobody_takes_over_another_account(workers_api: Api, ada: Requester) -> None:
    before = owner_of(ada)
    for grab in ({"password": "crank-and-knight"}, {"email": "eve@example.org"}, {"username": "eve"}):
        workers_api.patch(f"/users/{before.pk}/", grab, status=404)
    after = User.objects.get(pk=before.pk)
    assert (after.password, after.email, after.username) == (before.password, before.email, before.username)


def test_03_a_worker_reads_neither_users_nor_results(
    workers_api: Api, api: Api, ada: Requester, cleo: Worker
) -> None:
    batch = api.a_batch(api.a_project()["id"])
    assert cleo.user
    assert [user["username"] for user in workers_api.get("/users/")["results"]] == [cleo.user.username]
    for what in ("", "results/", "input/", "progress/", "permissions/"):
        workers_api.get(f"/batches/{batch['id']}/{what}", status=404)
    assert logged_in(cleo.user).get(f"/r/{ada.slug}/batches/1/results.csv").status_code == 404


def test_04_a_visitor_sees_no_task_that_needs_an_account(cleo: Worker, client: Client) -> None:
    held = an_assignment(cleo)
    for path in (f"/work/{held.public_id}/", f"/content/{held.public_id}/", f"/content/{held.pk}/"):
        assert client.get(path).status_code in {404, 410}
    # Ids are random, not to be counted through.
    assert len(held.public_id) == len(held.hit.public_id) == 30
    answer = client.get(f"/hits/{held.hit.public_id}/")
    assert "/account/login/" in answer["Location"]


def test_05_work_for_others_is_neither_shown_nor_given(ada: Requester, cleo: Worker) -> None:
    closed = a_batch(a_project(ada, audience="groups"), rows=[{"text": "for pilots only"}])
    hit = hits_of(closed)[0]
    browser = logged_in(cleo.user)
    own = an_assignment(cleo)
    for path in (
        f"/hits/{hit.public_id}/",
        f"/groups/{group_of(closed).public_id}/",
        f"/work/{own.public_id}/?hitId={hit.public_id}",
    ):
        assert "for pilots only" not in browser.get(path, follow=True).content.decode()
    with pytest.raises(Refusal):
        claims.accept(cleo, hit)


@pytest.mark.parametrize("state", ["uploaded", "being published"])
def test_06_07_what_is_not_published_is_neither_shown_nor_given(
    project: Project, cleo: Worker, state: str
) -> None:
    if state == "uploaded":
        an_upload(project)
        # There is no HIT yet that anybody could ask for.
        assert not HIT.objects.exists()
        return
    hit = hits_of(a_batch(project))[0]
    HITGroup.objects.update(status="hidden")
    browser = logged_in(cleo.user)
    assert browser.get(f"/hits/{hit.public_id}/").status_code == 404
    assert browser.get(f"/groups/{hit.group.public_id}/").status_code == 404
    with pytest.raises(Refusal):
        claims.accept(cleo, hit)
    with pytest.raises(Refusal):
        claims.accept_next(cleo, hit.group)


def test_08_one_visitor_does_not_submit_for_another(ada: Requester) -> None:
    group = group_of(a_batch(a_project(ada, audience="anonymous")))
    first, second = Client(), Client()
    work = first.post(f"/groups/{group.public_id}/accept/")["Location"]
    others = second.post(f"/groups/{group.public_id}/accept/")["Location"]
    assert work != others
    assert second.get(work).status_code == 404
    assert second.post(f"{work}submit/", {"answer": "mine"}).status_code == 409
    assert set(Assignment.objects.values_list("status", flat=True)) == {"Accepted"}
    assert first.get(work).status_code == 200


def test_11_staff_without_a_role_touches_no_batch(ada: Requester, project: Project) -> None:
    batch = a_batch(project)
    staff = a_user("Staff")
    staff.is_staff = True
    staff.save()
    browser = Client()
    browser.force_login(staff)
    for path in ("", "results/", "results.csv"):
        assert browser.get(f"/r/{ada.slug}/batches/1/{path}").status_code == 404
    for path in ("cancel/", "pause/", "discard/"):
        assert browser.post(f"/r/{ada.slug}/batches/1/{path}").status_code == 404
    batch.refresh_from_db()
    assert (batch.cancelled_at, batch.paused_at) == (None, None)
