"""Correcting an answer that is sent."""

import json

import pytest

from kempelen.domain.actions import assignments, batches
from kempelen.domain.models import Assignment
from kempelen.web.content import tokens
from tests.factories import a_batch, a_project, a_submitted_assignment, hits_of

JSON = {"Accept": "application/json"}


@pytest.fixture
def done(cleo, ada) -> Assignment:
    """Cleo's answer, which may be corrected."""
    batch = a_batch(a_project(ada, title="Sort letters", allows_corrections=True))
    return a_submitted_assignment(cleo, hits_of(batch)[0], answers={"answer": "yes"})


def send(client, done, fields=(("answer", "no"),)):
    body = json.dumps({"fields": fields})
    path = f"/history/{done.public_id}/correct/"
    return client.post(path, body, content_type="application/json", headers=JSON)


def test_the_task_opens_with_the_answer_and_what_is_sent_replaces_it(as_cleo, done):
    page = as_cleo.get(f"/history/{done.public_id}/correct/")
    assert '{"fields": [["answer", "yes"]]}' in page.content.decode()
    reply = send(as_cleo, done).json()
    assert (reply["status"], reply["next"]) == ("submitted", f"/history/{done.public_id}/")
    done.refresh_from_db()
    assert done.answers == {"answer": "no"}
    assert [earlier.answers for earlier in done.earlier_answers.all()] == [{"answer": "yes"}]


def test_a_corrected_answer_shows_what_was_sent_before(as_cleo, done):
    send(as_cleo, done)
    page = as_cleo.get(f"/history/{done.public_id}/")
    assert page.context["answers"] == [("answer", ["no"])]
    assert [values for _, values in page.context["earlier"]] == [[("answer", ["yes"])]]
    assert "Before you corrected it" in page.content.decode()


def test_an_answer_is_corrected_from_the_history_and_from_its_page(as_cleo, done):
    for path in ("/history/", f"/history/{done.public_id}/"):
        assert f"/history/{done.public_id}/correct/" in as_cleo.get(path).content.decode()


@pytest.mark.parametrize("end", ["review", "close"])
def test_what_is_reviewed_or_closed_is_corrected_no_more(as_cleo, ada, done, end):
    if end == "review":
        assignments.approve(ada, done.public_id)
    else:
        batches.cancel_rest(done.group.batch)
    answer = f"/history/{done.public_id}/"
    assert as_cleo.get(f"{answer}correct/")["Location"] == answer
    assert f"{answer}correct/" not in as_cleo.get(answer).content.decode()
    refused = send(as_cleo, done)
    assert refused.status_code == 409
    assert "no longer be corrected" in refused.json()["message"]
    done.refresh_from_db()
    assert done.answers == {"answer": "yes"}


def test_the_tasks_own_page_opens_to_correct_only_while_that_is_allowed(client, ada, done):
    path = f"/content/{tokens.make(tokens.Shown('correct', done.public_id))}/"
    assert 'data-mode="work"' in client.get(path).content.decode()
    assignments.approve(ada, done.public_id)
    assert "can no longer be corrected" in client.get(path).content.decode()


def test_without_leave_nothing_is_corrected(as_cleo, cleo):
    done = a_submitted_assignment(cleo)
    assert send(as_cleo, done).status_code == 409


def test_a_task_that_sends_its_answer_by_itself_is_told_that_this_corrects_nothing(as_cleo, done):
    assert send(as_cleo, done, None).json()["status"] == "refused"


def test_nobody_corrects_anothers_answer(as_dan, client, done):
    for browser in (as_dan, client):
        assert browser.get(f"/history/{done.public_id}/correct/").status_code == 404
        assert send(browser, done).status_code == 404


def test_the_answers_page_shows_the_task_to_look_at(as_cleo, done):
    page = as_cleo.get(f"/history/{done.public_id}/")
    mode = tokens.read(page.context["frame"].url.split("/")[2]).mode
    assert mode == "review"
    assert 'data-mode="review"' in as_cleo.get(page.context["frame"].url).content.decode()
