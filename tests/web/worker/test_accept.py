import pytest
from django.test import Client

from kempelen.domain.actions import batches, claims
from kempelen.domain.models import Assignment, WorkerGroup
from tests.factories import (
    a_batch,
    a_group,
    a_hit,
    a_project,
    a_submitted_assignment,
    an_assignment,
    group_of,
    hits_of,
)


def test_accepting_takes_a_place_and_opens_the_work(as_cleo, cleo):
    hit = a_hit()
    response = as_cleo.post(f"/hits/{hit.public_id}/accept/")
    assignment = Assignment.objects.get(worker=cleo, hit=hit)
    assert response["Location"] == f"/work/{assignment.public_id}/"


def test_accepting_twice_opens_the_same_assignment(as_cleo, cleo):
    hit = a_hit(places=2)
    first = as_cleo.post(f"/hits/{hit.public_id}/accept/")
    assert as_cleo.post(f"/hits/{hit.public_id}/accept/")["Location"] == first["Location"]
    assert Assignment.objects.count() == 1


def test_accept_next_gives_the_first_and_a_double_click_no_second(as_cleo, cleo):
    batch = a_batch()
    url = f"/groups/{group_of(batch).public_id}/accept/"
    assert as_cleo.post(url)["Location"] == as_cleo.post(url)["Location"]
    assert Assignment.objects.get(worker=cleo).hit == hits_of(batch)[0]


def test_another_can_be_accepted_on_purpose(as_cleo, cleo):
    url = f"/groups/{a_group().public_id}/accept/"
    as_cleo.post(url)
    as_cleo.post(url, {"another": "1"})
    assert Assignment.objects.filter(worker=cleo).count() == 2


def test_when_nothing_is_left_a_friendly_page_says_so(as_cleo, cleo):
    batch = a_batch(rows=[{"text": "one"}])
    a_submitted_assignment(cleo, hits_of(batch)[0])
    response = as_cleo.post(f"/groups/{group_of(batch).public_id}/accept/")
    assert response.status_code == 409
    assert "There is no more work for you in this group now." in response.content.decode()


def test_a_hit_that_somebody_else_took_is_refused(as_cleo, dan):
    hit = a_hit()
    an_assignment(dan, hit)
    response = as_cleo.post(f"/hits/{hit.public_id}/accept/")
    assert response.status_code == 409
    assert "All places on HIT" in response.content.decode()


def test_paused_work_is_not_given_out(as_cleo, db):
    batch = a_batch()
    batches.pause(batch)
    assert as_cleo.post(f"/groups/{group_of(batch).public_id}/accept/").status_code == 409
    assert not Assignment.objects.exists()


def test_skipping_in_the_preview_shows_the_next_and_puts_this_one_last(as_cleo, cleo):
    batch = a_batch()
    first, second, third = hits_of(batch)
    response = as_cleo.post(f"/hits/{first.public_id}/skip/", follow=True)
    assert response.redirect_chain[-1][0] == f"/hits/{second.public_id}/"
    order = [claims.accept_next(cleo, group_of(batch)).hit for _ in range(3)]
    assert order == [second, third, first]


@pytest.mark.parametrize("page", ["hits/{hit}/accept/", "hits/{hit}/skip/", "groups/{group}/accept/"])
def test_nothing_changes_by_get_nor_without_the_forms_token(page, cleo):
    hit = a_hit()
    path = "/" + page.format(hit=hit.public_id, group=hit.group.public_id)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cleo.user)
    assert strict.get(path).status_code == 405
    assert strict.post(path).status_code == 403
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("page", ["hits/{hit}/accept/", "hits/{hit}/skip/", "groups/{group}/accept/"])
def test_a_visitor_is_asked_to_log_in_where_work_needs_an_account(page, client, db):
    hit = a_hit(audience="workers")
    response = client.post("/" + page.format(hit=hit.public_id, group=hit.group.public_id))
    assert response["Location"] == f"/account/login/?next=/groups/{hit.group.public_id}/"
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("page", ["hits/{hit}/accept/", "hits/{hit}/skip/", "groups/{group}/accept/"])
def test_work_for_others_cannot_be_taken(page, as_cleo, ada):
    trained = WorkerGroup.objects.create(requester=ada, name="Trained")
    hit = hits_of(a_batch(a_project(ada, audience="groups", groups=[trained])))[0]
    assert as_cleo.post("/" + page.format(hit=hit.public_id, group=hit.group.public_id)).status_code == 404
    assert not Assignment.objects.exists()
