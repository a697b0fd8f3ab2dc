"""Requesters read what workers say about a batch, and reply."""

import pytest

from kempelen.domain.actions import messages
from tests.factories import hits_of
from tests.web.worker.conftest import queries_of

HTMX = {"HX-Request": "true"}


def shown(response):
    return [message.text for message in response.context["worker_messages"]]


def test_messages_stand_at_the_batch_newest_first_as_text(owner, at, batch, message, dan):
    messages.tell(dan, hits_of(batch)[1], kind="question", text="Which one?")
    page = owner.get(at("batches/1/messages/"))
    assert shown(page) == ["Which one?", message.text]
    assert "&lt;b&gt;missing&lt;/b&gt;" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [("?show=waiting", 1), ("?show=broken", 1), ("?show=question", 1), ("?hit={hit}", 1), ("?hit=3X", 0)],
)
def test_messages_are_filtered_by_the_address(owner, ada, at, batch, message, dan, query, found):
    asked = messages.tell(dan, hits_of(batch)[1], kind="question", text="Which one?")
    messages.reply(ada, asked.public_id, text="The left one.")
    path = at(f"batches/1/messages/{query.format(hit=message.hit.public_id)}")
    assert len(shown(owner.get(path))) == found


def test_a_reply_reaches_the_worker_and_may_be_changed(owner, at, message):
    path = at(f"batches/1/messages/{message.public_id}/reply/")
    for text in ("Mended.", "Mended, thank you."):
        assert owner.post(path, {"text": text})["Location"] == at("batches/1/messages/")
    message.refresh_from_db()
    assert (message.reply, message.replied_by.username) == ("Mended, thank you.", "Ada")


def test_htmx_gets_the_message_with_its_reply_or_what_is_wrong(owner, at, message):
    path = at(f"batches/1/messages/{message.public_id}/reply/")
    wrong = owner.post(path, {"text": " "}, headers=HTMX)
    assert wrong.status_code == 422
    assert "Write a few words first." in wrong.content.decode()
    right = owner.post(path, {"text": "Mended."}, headers=HTMX).content.decode()
    assert right.lstrip().startswith("<article")
    assert "replied</span>" in right


def test_a_message_about_another_batch_is_not_replied_to_here(owner, at, message, upload):
    path = at(f"batches/{upload.number}/messages/{message.public_id}/reply/")
    assert owner.post(path, {"text": "Mended."}).status_code == 404


def test_what_waits_is_counted_on_the_tab_in_the_lists_and_at_the_answer(owner, ada, at, answer, message):
    for path in ("batches/", "projects/1/"):
        assert "1 message</a>" in owner.get(at(path)).content.decode()
    assert '1 <span class="wide-only">without a reply' in owner.get(at("batches/1/")).content.decode()
    assert f"messages/?hit={answer.hit.public_id}" in owner.get(at("batches/1/results/")).content.decode()
    messages.reply(ada, message.public_id, text="Mended.")
    assert "1 message</a>" not in owner.get(at("batches/")).content.decode()
    assert "Messages (1)" in owner.get(at("batches/1/results/")).content.decode()


def test_many_messages_cost_as_many_queries_as_one_and_come_in_pages(
    owner, at, message, batch, dan, monkeypatch
):
    few = queries_of(owner, at("batches/1/messages/"))
    for hit in hits_of(batch):
        messages.tell(dan, hit, kind="question", text="Which one?")
    assert queries_of(owner, at("batches/1/messages/")) == few
    monkeypatch.setattr("kempelen.web.requester.conversation.PAGE", 3)
    first = owner.get(at("batches/1/messages/"))
    assert shown(owner.get(at(f"batches/1/messages/?after={first.context['after']}"))) == [message.text]


def test_a_viewer_reads_and_is_offered_no_reply(member, at, message):
    page = member("viewer").get(at("batches/1/messages/")).content.decode()
    assert "Send reply" not in page
    assert "no reply yet" in page
