import pytest

from kempelen.domain.actions import assignments, batches, claims
from kempelen.domain.models import WorkerGroup
from kempelen.web.worker import group_hits
from tests.factories import (
    a_batch,
    a_group,
    a_project,
    a_submitted_assignment,
    an_assignment,
    group_of,
    hits_of,
)
from tests.web.worker.conftest import queries_of


def rows_to_do(response):
    return [row.hit.row_number for row in response.context["hits"].rows]


def rows(count):
    return [{"text": str(number), "priority": str(number % 3)} for number in range(1, count + 1)]


def test_the_page_lists_the_hits_to_do_in_the_order_they_would_come(as_cleo, db):
    group = a_group(title="Letters", description="By century.", reward_cents=7)
    response = as_cleo.get(f"/groups/{group.public_id}/")
    assert rows_to_do(response) == [1, 2, 3]
    for text in ("Letters", "By century.", "$0.07", "Accept next", "Preview next"):
        assert text in response.content.decode()


def test_what_i_put_off_comes_last_and_is_marked(as_cleo, cleo):
    batch = a_batch()
    first, second, _ = hits_of(batch)
    claims.put_off(cleo, first)
    assignments.return_assignment(cleo, an_assignment(cleo, second).public_id)
    response = as_cleo.get(f"/groups/{group_of(batch).public_id}/")
    assert rows_to_do(response) == [3, 1, 2]
    assert response.content.decode().count("comes last") == 2


def test_what_i_have_or_did_is_not_to_do_and_what_i_did_is_listed_apart(as_cleo, cleo):
    batch = a_batch()
    first, second, _ = hits_of(batch)
    done = a_submitted_assignment(cleo, first)
    an_assignment(cleo, second)
    url = f"/groups/{group_of(batch).public_id}/"
    assert rows_to_do(as_cleo.get(url)) == [3]
    page = as_cleo.get(url, {"show": "done"})
    assert [assignment.hit.row_number for assignment in page.context["hits"].rows] == [1]
    assert f"/history/{done.public_id}/" in page.content.decode()


@pytest.mark.parametrize("order", ["oldest", "random", "priority"])
def test_turning_the_pages_meets_every_hit_once(as_cleo, cleo, monkeypatch, order):
    monkeypatch.setattr(group_hits, "PAGE", 4)
    batch = a_batch(rows=rows(18), queue_order=order)
    for hit in hits_of(batch)[:3]:
        claims.put_off(cleo, hit)
    url, met, after = f"/groups/{group_of(batch).public_id}/", [], ""
    for _ in range(6):
        response = as_cleo.get(url, {"after": after} if after else {})
        met += rows_to_do(response)
        after = response.context["hits"].after
        if not after:
            break
    assert sorted(met) == list(range(1, 19))
    assert met[-3:] == [1, 2, 3]


def test_the_first_of_the_list_is_what_accept_next_gives(as_cleo, cleo):
    group = a_group(rows=rows(9), queue_order="priority")
    first = rows_to_do(as_cleo.get(f"/groups/{group.public_id}/"))[0]
    assert claims.accept_next(cleo, group).hit.row_number == first == 2


def test_pages_of_what_i_did_go_back_in_time(as_cleo, cleo, monkeypatch):
    monkeypatch.setattr(group_hits, "PAGE", 2)
    batch = a_batch()
    for hit in hits_of(batch):
        a_submitted_assignment(cleo, hit)
    url = f"/groups/{group_of(batch).public_id}/?show=done"
    first = as_cleo.get(url).context["hits"]
    then = as_cleo.get(f"{url}&after={first.after}").context["hits"]
    assert [assignment.hit.row_number for assignment in (*first.rows, *then.rows)] == [3, 2, 1]
    assert not then.after


@pytest.mark.parametrize("after", ["x", "1", "1.x", "-1.9999999999999999999999", "9" * 5000, "3.²"])
def test_an_address_that_was_made_up_starts_at_the_beginning_or_shows_nothing(as_cleo, after):
    url = f"/groups/{a_group().public_id}/"
    assert as_cleo.get(url, {"after": after}).status_code == 200
    assert as_cleo.get(url, {"after": after, "show": "done"}).status_code == 200


def test_a_long_list_costs_as_many_queries_as_a_short_one(as_cleo):
    short, long = (f"/groups/{a_group(rows=rows(count)).public_id}/" for count in (1, 20))
    assert queries_of(as_cleo, long) == queries_of(as_cleo, short) <= 13


def test_a_paused_group_says_so_and_offers_nothing(as_cleo, db):
    batch = a_batch()
    batches.pause(batch)
    page = as_cleo.get(f"/groups/{group_of(batch).public_id}/").content.decode()
    assert "has paused this work" in page
    assert "Accept next" not in page


def test_a_group_being_published_does_not_exist_yet(as_cleo, db):
    group = a_group()
    type(group).objects.update(status="hidden")
    assert as_cleo.get(f"/groups/{group.public_id}/").status_code == 404


def test_a_group_for_others_does_not_exist_for_me(as_cleo, ada):
    trained = WorkerGroup.objects.create(requester=ada, name="Trained")
    group = a_group(a_project(ada, audience="groups", groups=[trained]))
    for path in ("", "preview/"):
        assert as_cleo.get(f"/groups/{group.public_id}/{path}").status_code == 404
    assert as_cleo.post(f"/groups/{group.public_id}/accept/").status_code == 404


def test_a_visitor_is_sent_to_log_in_where_that_helps_and_then_back(client, db):
    group = a_group(audience="workers")
    response = client.get(f"/groups/{group.public_id}/?show=done")
    assert response.status_code == 302
    assert response["Location"] == f"/account/login/?next=/groups/{group.public_id}/%3Fshow%3Ddone"


def test_a_group_with_something_in_hand_offers_to_resume_or_to_take_another(as_cleo, db):
    group = a_group()
    as_cleo.post(f"/groups/{group.public_id}/accept/")
    page = as_cleo.get(f"/groups/{group.public_id}/").content.decode()
    assert "Resume" in page
    assert "Accept another" in page


def test_previewing_the_next_goes_to_it(as_cleo, db):
    batch = a_batch()
    response = as_cleo.get(f"/groups/{group_of(batch).public_id}/preview/")
    assert response["Location"] == f"/hits/{hits_of(batch)[0].public_id}/"


def test_previewing_when_nothing_is_left_says_so_on_the_groups_page(as_cleo, cleo):
    batch = a_batch(rows=rows(1))
    a_submitted_assignment(cleo, hits_of(batch)[0])
    response = as_cleo.get(f"/groups/{group_of(batch).public_id}/preview/", follow=True)
    assert "There is no more work for you in this group now." in response.content.decode()
    assert "Nothing left for you here" in response.content.decode()


def test_links_as_mturk_made_them_lead_to_the_group(as_cleo, db):
    group = a_group()
    for public_id in (group.public_id, group.hit_type.public_id):
        for link in (f"/mturk/preview?groupId={public_id}", f"/projects/{public_id}/tasks"):
            assert as_cleo.get(link)["Location"] == f"/groups/{group.public_id}/"


def test_a_link_to_a_hit_type_prefers_the_newest_group(as_cleo, ada):
    project = a_project(ada)
    old, new = a_group(project), a_group(project)
    assert old.hit_type == new.hit_type
    assert as_cleo.get(f"/projects/{new.hit_type.public_id}/tasks")["Location"].endswith(f"/{new.public_id}/")


@pytest.mark.parametrize(
    "link", ["/mturk/preview", "/mturk/preview?groupId=3NOBODY", "/projects/3NOBODY/tasks"]
)
def test_a_link_to_no_group_is_not_found(as_cleo, link):
    assert as_cleo.get(link).status_code == 404
