"""What is said to whom a requester's page is not for; who may open which is in `tests/contract/isolation`."""

from tests.factories import a_batch, a_project, owner_of
from tests.web.requester.conftest import logged_in


def test_a_visitor_is_asked_to_log_in_and_comes_back(client, at, project):
    answer = client.get(at("projects/"))
    assert answer["Location"] == "/account/login/?next=/r/ada/projects/"


def test_what_the_other_requester_owns_is_not_found_under_an_own_address(
    ben, project, batch, answer, message
):
    bens = logged_in(owner_of(ben))
    for path in (
        "projects/1/",
        "projects/1/edit/",
        "batches/1/",
        "batches/1/results/",
        "batches/1/results.csv",
        "batches/1/messages/",
    ):
        assert bens.get(f"/r/{ben.slug}/{path}").status_code == 404
    a_batch(a_project(ben))
    reply = f"batches/1/messages/{message.public_id}/reply/"
    for path in ("batches/2/pause/", f"batches/1/results/{answer.public_id}/approve/", reply):
        assert bens.post(f"/r/{ben.slug}/{path}", {"text": "Hello"}).status_code == 404
    answer.refresh_from_db()
    assert answer.status == "Submitted"


def test_a_page_that_is_refused_for_the_role_names_it_and_who_can_help(member, at, project):
    page = member("viewer").get(at("projects/1/edit/"))
    assert page.status_code == 403
    assert "This takes the role of editor" in page.content.decode()
    assert "Ada can give you another role." in page.content.decode()


def test_a_requester_that_does_not_exist_looks_like_somebody_elses(owner):
    assert owner.get("/r/nobody/projects/").status_code == 404
