"""Workers tell requesters what is broken or unclear, and read the replies."""

import pytest

from kempelen.domain.actions import assignments, batches, messages
from kempelen.domain.models import Message
from tests.factories import (
    a_batch,
    a_hit,
    a_project,
    a_submitted_assignment,
    an_assignment,
    group_of,
    hits_of,
    owner_of,
)

BROKEN = {"kind": "broken", "text": "The picture is missing."}
HTMX = {"HX-Request": "true"}


def test_a_worker_tells_the_requester_about_a_hit_that_is_open(as_cleo, cleo, ada):
    hit = a_hit(ada)
    told = as_cleo.post(f"/hits/{hit.public_id}/tell/", BROKEN)
    assert told["Location"] == "/messages/"
    stored = Message.objects.get()
    assert (stored.worker, stored.hit, stored.kind, stored.text) == (cleo, hit, "broken", BROKEN["text"])


def test_who_is_at_work_goes_back_to_it(as_cleo, cleo):
    mine = an_assignment(cleo)
    told = as_cleo.post(f"/hits/{mine.hit.public_id}/tell/", BROKEN)
    assert told["Location"] == f"/work/{mine.public_id}/"


def test_a_dialog_gets_the_form_and_then_that_it_was_sent(as_cleo, db):
    path = f"/hits/{a_hit().public_id}/tell/"
    assert "<html" not in as_cleo.get(path, headers=HTMX).content.decode()
    assert "Sent to Ada" in as_cleo.post(path, BROKEN, headers=HTMX).content.decode()


@pytest.mark.parametrize("wrong", [{"text": "  "}, {"kind": "praise"}, {"text": "x" * 2001}])
def test_what_is_wrong_is_told_and_what_was_written_stays(as_cleo, db, wrong):
    answer = as_cleo.post(f"/hits/{a_hit().public_id}/tell/", BROKEN | wrong)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not Message.objects.exists()


def test_a_worker_who_had_a_hit_may_still_speak_about_it(as_cleo, as_dan, cleo, ada):
    batch = a_batch(a_project(ada))
    mine = a_submitted_assignment(cleo, hits_of(batch)[0])
    group_of(batch).worker_groups.set([])
    type(mine.group).objects.update(audience="groups")
    batches.cancel_rest(batch)
    path = f"/hits/{mine.hit.public_id}/tell/"
    assert as_cleo.post(path, BROKEN).status_code == 302
    assert as_dan.get(path).status_code == 404


def test_a_visitor_is_asked_to_log_in_where_the_work_needs_an_account(client, db):
    hit = a_hit()
    assert client.get(f"/hits/{hit.public_id}/tell/")["Location"].startswith("/account/login/")
    assert client.post(f"/hits/{hit.public_id}/tell/", BROKEN)["Location"].startswith("/account/login/")


def test_a_visitor_who_tells_becomes_a_worker_of_this_browser(client, db):
    hit = a_hit(audience="anonymous")
    client.post(f"/hits/{hit.public_id}/tell/", BROKEN)
    assert BROKEN["text"] in client.get("/messages/").content.decode()


def test_after_ten_without_a_reply_the_worker_is_asked_to_wait(as_cleo, cleo, db):
    hit = a_hit()
    for _ in range(messages.MOST_UNANSWERED):
        messages.tell(cleo, hit, kind="question", text="Hello?")
    refused = as_cleo.post(f"/hits/{hit.public_id}/tell/", BROKEN)
    assert refused.status_code == 422
    assert BROKEN["text"] in refused.content.decode()
    assert "wait for the requester’s reply" in refused.content.decode()


def test_a_reply_is_new_on_every_page_until_it_was_shown(as_cleo, cleo, ada):
    message = messages.tell(cleo, a_hit(ada), kind="question", text="Which one?")
    as_cleo.get("/messages/")
    messages.reply(ada, message.public_id, text="The left one.", by=owner_of(ada))
    new = '1<span class="visually-hidden"> new</span>'
    assert new in as_cleo.get("/queue/").content.decode()
    shown = as_cleo.get("/messages/").content.decode()
    assert "The left one." in shown
    assert '<span class="badge badge-good">new</span>' in shown
    assert new not in as_cleo.get("/queue/").content.decode()
    assert '<span class="badge badge-good">new</span>' not in as_cleo.get("/messages/").content.decode()


def test_nobody_reads_anothers_messages(as_cleo, as_dan, client, cleo):
    messages.tell(cleo, a_hit(), kind="question", text="Which one?")
    for browser in (as_dan, client):
        assert "Which one?" not in browser.get("/messages/").content.decode()
    assert "Which one?" in as_cleo.get("/messages/").content.decode()


def test_messages_come_in_pages(as_cleo, cleo, monkeypatch):
    monkeypatch.setattr("kempelen.web.worker.inbox.PAGE", 2)
    hit = a_hit()
    for number in range(3):
        messages.tell(cleo, hit, kind="question", text=f"Question {number}")
    first = as_cleo.get("/messages/")
    assert [m.text for m in first.context["shown"].rows] == ["Question 2", "Question 1"]
    rest = as_cleo.get("/messages/", {"after": first.context["shown"].after})
    assert [m.text for m in rest.context["shown"].rows] == ["Question 0"]


def test_a_returned_hit_can_be_spoken_about(as_cleo, cleo):
    mine = an_assignment(cleo)
    assignments.return_assignment(cleo, mine.public_id)
    told = as_cleo.post(f"/hits/{mine.hit.public_id}/tell/", BROKEN)
    assert told["Location"] == "/messages/"


@pytest.mark.parametrize(
    "kept", ["", "now", "2026-13-45T99:99", "0001-01-01T00:00:00+14:00", "2026-11-21T21:05"]
)
def test_a_browser_that_kept_no_moment_has_seen_no_reply(as_cleo, cleo, ada, kept):
    message = messages.tell(cleo, a_hit(ada), kind="question", text="Which one?")
    messages.reply(ada, message.public_id, text="The left one.")
    as_cleo.cookies["kempelen_replies_seen"] = kept
    assert 'nav-count">1<' in as_cleo.get("/queue/").content.decode()
