"""One worker's page: what is known, and what members do."""

import re

import pytest

from kempelen.domain.actions import assignments, notices, payments, qualification_types, worker_groups
from kempelen.domain.models import (
    Notice,
    Payment,
    Qualification,
    WorkerBlock,
    WorkerNote,
)
from kempelen.domain.statistics import filling, worker_records


@pytest.fixture
def page(at, answer, ada) -> str:
    """Cleo's page, whose answer is approved and counted."""
    assignments.approve(ada, answer.public_id)
    filling.fill_all()
    worker_records.count_all()
    return at(f"workers/{answer.worker.public_id}/")


def text_of(client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_page_has_figures_and_links_but_never_a_name(owner, page, cleo, answer):
    text = text_of(owner, page)
    assert cleo.public_id in text and "Cleo" not in text and cleo.user.username not in text
    assert "1 approved, 0 rejected" in text and "100 %" in text
    assert f"batches/1/results/{answer.public_id}/" in text
    assert f"batches/1/results/?worker={cleo.public_id}" in text


def test_notes_are_added_changed_and_deleted(owner, member, page):
    reviewer = member("reviewer")
    reviewer.post(f"{page}notes/", {"note-text": "Mixes up <b>dates</b>."})
    note = WorkerNote.objects.get()
    assert "Mixes up &lt;b&gt;dates&lt;/b&gt;." in text_of(member("viewer"), page)
    assert "Reviewer" in text_of(owner, page)
    owner.post(f"{page}notes/{note.pk}/change/", {"text": "Better now."})
    assert "Better now." in text_of(owner, page)
    owner.post(f"{page}notes/{note.pk}/delete/")
    assert not WorkerNote.objects.exists()
    empty = owner.post(f"{page}notes/", {"note-text": " "})
    assert empty.status_code == 422


def test_a_worker_is_blocked_with_a_reason_and_unblocked(owner, page):
    assert owner.post(f"{page}block/", {"block-reason": ""}).status_code == 422
    owner.post(f"{page}block/", {"block-reason": "Spam"})
    assert WorkerBlock.objects.get().reason == "Spam"
    assert "Spam" in text_of(owner, page)
    owner.post(f"{page}unblock/")
    assert not WorkerBlock.objects.exists()


def test_a_message_reaches_whose_work_was_reviewed(owner, page, at, dan, batch):
    sent = {"message-subject": "More", "message-text": "Come back."}
    owner.post(f"{page}message/", sent)
    assert Notice.objects.get().text == "Come back."
    assert "Come back." in text_of(owner, page)
    assert owner.post(f"{page}message/", sent | {"message-text": ""}).status_code == 422
    assert owner.post(at(f"workers/{dan.public_id}/message/"), sent).status_code == 404


def test_a_message_to_somebody_not_reviewed_yet_is_explained(owner, at, answer):
    sent = {"message-subject": "More", "message-text": "Come back."}
    refused = owner.post(at(f"workers/{answer.worker.public_id}/message/"), sent)
    assert refused.status_code == 422
    assert "whose work you have approved or rejected" in refused.content.decode()


def test_a_bonus_is_paid_once_however_often_the_form_is_sent(owner, page, cleo, client):
    token = re.search(r'name="bonus-token" value="(\w+)"', text_of(owner, page))
    assert token
    sent = {"bonus-amount": "2.50", "bonus-reason": "For the pilot", "bonus-token": token[1]}
    for _ in range(2):
        assert owner.post(f"{page}bonus/", sent).status_code == 302
    paid = Payment.objects.get(kind="bonus")
    assert (paid.amount_cents, paid.assignment, paid.by.username) == (250, None, "Ada")
    text = text_of(owner, page)
    assert "outside any HIT" in text and "nothing was paid twice" in text
    client.force_login(cleo.user)
    assert "For the pilot" in client.get("/history/").content.decode()


@pytest.mark.parametrize("amount", ["", "x", "0", "10000.01", "1.234", "-1", "9" * 30])
def test_an_amount_that_is_none_is_said_at_its_field(owner, page, amount):
    sent = {"bonus-amount": amount, "bonus-reason": "Pilot", "bonus-token": "t"}
    assert owner.post(f"{page}bonus/", sent).status_code == 422
    assert not Payment.objects.filter(kind="bonus").exists()


def test_a_qualification_is_granted_changed_and_revoked(owner, page, ada):
    kind = qualification_types.create(ada, {"name": "Finnish", "description": "Speaks it."})
    sent = {"grant-qualification": kind.public_id, "grant-value": "80"}
    owner.post(f"{page}qualifications/", sent)
    assert not Notice.objects.exists()
    owner.post(f"{page}qualifications/", sent | {"grant-value": "90", "grant-tells": "on"})
    assert Qualification.objects.get().value == 90 and Notice.objects.exists()
    assert "Finnish</strong>: 90" in text_of(owner, page)
    owner.post(f"{page}qualifications/{kind.public_id}/revoke/", {"reason": "Forgot it"})
    assert Qualification.objects.get().reason == "Forgot it"
    for wrong in ({"grant-value": "x"}, {"grant-value": "99999999999"}, {"grant-qualification": "none"}):
        assert owner.post(f"{page}qualifications/", sent | wrong).status_code == 422


def test_a_worker_is_put_into_a_group_and_taken_out(owner, page, ada, cleo):
    group = worker_groups.create(ada, "Pilots")
    owner.post(f"{page}groups/", {"into-group": group.pk})
    assert list(group.members.all()) == [cleo]
    assert "Pilots" in text_of(owner, page)
    owner.post(f"{page}groups/{group.pk}/leave/")
    assert not group.members.exists()
    assert owner.post(f"{page}groups/", {"into-group": "77"}).status_code == 422


def test_a_viewer_sees_and_changes_nothing(member, page):
    viewer, reviewer = member("viewer"), member("reviewer")
    text = text_of(viewer, page)
    assert "<form" not in text.split('id="main"')[1].split("</main>")[0]
    assert "Block this worker" not in text_of(reviewer, page)
    assert "Write a message" in text_of(reviewer, page)


def test_what_another_requester_knows_is_not_shown(owner, page, ben, cleo, ada):
    notices.tell_worker(ben, cleo, "From Ben", "Secret")
    qualification_types.create(ben, {"name": "Bens own", "description": "His."})
    text = text_of(owner, page)
    assert "From Ben" not in text and "Bens own" not in text


def test_a_page_takes_a_bounded_number_of_queries(owner, page, django_assert_max_num_queries, ada, cleo):
    for number in range(5):
        payments.pay_outside(ada, cleo.public_id, amount_cents=5, reason=f"{number}")
    with django_assert_max_num_queries(30):
        owner.get(page)
