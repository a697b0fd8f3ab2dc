import pytest

from kempelen.domain.actions import assignments, payments
from kempelen.web.worker import history
from tests.factories import a_batch, a_hit, a_project, a_submitted_assignment, an_assignment, hits_of
from tests.web.worker.conftest import queries_of


def ids(response):
    return [assignment.public_id for assignment in response.context["page"]]


def test_the_history_lists_what_i_submitted_newest_first_with_its_review(as_cleo, cleo, ada):
    first, second, third = hits_of(a_batch(a_project(ada, reward_cents=5)))
    approved, rejected, waiting = (a_submitted_assignment(cleo, hit) for hit in (first, second, third))
    assignments.approve(ada, approved.public_id, feedback="Thank you!")
    assignments.reject(ada, rejected.public_id, feedback="Please read on.")
    response = as_cleo.get("/history/")
    assert ids(response) == [waiting.public_id, rejected.public_id, approved.public_id]
    for text in ("Thank you!", "Please read on.", "waiting for review", "$0.05"):
        assert text in response.content.decode()


@pytest.mark.parametrize(("show", "row"), [("pending", 0), ("approved", 1), ("rejected", 2), ("given-up", 3)])
def test_the_history_can_be_filtered_by_what_became_of_it(as_cleo, cleo, ada, show, row):
    hits = hits_of(a_batch(a_project(ada), rows=[{"text": str(number)} for number in range(4)]))
    mine = [a_submitted_assignment(cleo, hit) for hit in hits[:3]]
    assignments.approve(ada, mine[1].public_id)
    assignments.reject(ada, mine[2].public_id, feedback="No.")
    mine.append(assignments.return_assignment(cleo, an_assignment(cleo, hits[3]).public_id))
    assert ids(as_cleo.get("/history/", {"show": show})) == [mine[row].public_id]


def test_totals_say_what_is_earned_what_waits_and_what_an_hour_brought(as_cleo, cleo, ada, moving_clock):
    for reviewed in (True, False):
        assignment = an_assignment(cleo, hits_of(a_batch(a_project(ada, reward_cents=50)))[0])
        moving_clock.forward(180)
        assignments.submit(assignment.public_id, {"answer": "yes"})
        if reviewed:
            assignments.approve(ada, assignment.public_id)
    totals = as_cleo.get("/history/").context["totals"]
    assert (totals.earned_cents, totals.pending_cents) == (50, 50)
    assert (totals.seconds, totals.cents_per_hour) == (360, 1000)


def test_bonuses_are_shown_with_their_reasons(as_cleo, cleo, ada):
    mine = a_submitted_assignment(cleo, a_hit(ada, reward_cents=5))
    payments.send_bonus(
        ada, mine.public_id, worker_id=cleo.public_id, amount_cents=250, reason="A <great> answer"
    )
    history_page = as_cleo.get("/history/").content.decode()
    assert "and $2.50 bonus" in history_page
    assert "with $2.50 of bonuses" in history_page
    answer_page = as_cleo.get(f"/history/{mine.public_id}/").content.decode()
    assert "$2.50" in answer_page
    assert "A &lt;great&gt; answer" in answer_page
    assert "$2.50 of it bonuses" in as_cleo.get("/statistics/").content.decode()


def test_the_history_comes_in_pages(as_cleo, cleo, monkeypatch):
    monkeypatch.setattr(history, "PAGE", 2)
    for hit in hits_of(a_batch()):
        a_submitted_assignment(cleo, hit)
    assert len(ids(as_cleo.get("/history/"))) == 2
    assert len(ids(as_cleo.get("/history/", {"page": "2"}))) == 1


def test_a_long_history_costs_as_many_queries_as_a_short_one(as_cleo, cleo):
    hits = hits_of(a_batch())
    a_submitted_assignment(cleo, hits[0])
    few = queries_of(as_cleo, "/history/")
    for hit in hits[1:]:
        a_submitted_assignment(cleo, hit)
    assert queries_of(as_cleo, "/history/") == few <= 11


def test_somebody_new_is_told_what_will_be_here(as_cleo, client):
    for browser in (as_cleo, client):
        page = browser.get("/history/").content.decode()
        assert "Nothing submitted yet" in page
        assert "Find work" in page


def test_an_answer_is_shown_as_it_was_sent(as_cleo, cleo):
    sent = {"kind": ["a", "b"], "note": "two\nlines <b>", "empty": ""}
    done = a_submitted_assignment(cleo, answers=sent)
    response = as_cleo.get(f"/history/{done.public_id}/")
    assert response.context["answers"] == [
        ("kind", ["a", "b"]),
        ("note", ["two\nlines <b>"]),
        ("empty", [""]),
    ]
    assert "two<br>lines &lt;b&gt;" in response.content.decode()


def test_an_answer_shows_why_it_was_rejected(as_cleo, cleo, ada):
    done = a_submitted_assignment(cleo, a_hit(ada))
    assignments.reject(ada, done.public_id, feedback="Please read on.")
    page = as_cleo.get(f"/history/{done.public_id}/").content.decode()
    assert "Ada wrote" in page
    assert "Please read on." in page


def test_an_assignment_in_hand_opens_as_work(as_cleo, cleo):
    mine = an_assignment(cleo)
    assert as_cleo.get(f"/history/{mine.public_id}/")["Location"] == f"/work/{mine.public_id}/"


def test_nobody_sees_anothers_answers_or_history(as_cleo, client, dan):
    done = a_submitted_assignment(dan)
    for browser in (as_cleo, client):
        assert browser.get(f"/history/{done.public_id}/").status_code == 404
        assert ids(browser.get("/history/")) == []


def test_an_anonymous_worker_is_told_that_clearing_cookies_ends_it(client, db):
    client.post(f"/hits/{a_hit(audience='anonymous').public_id}/accept/")
    assert "Clear your cookies and you are a new worker" in client.get("/history/").content.decode()
