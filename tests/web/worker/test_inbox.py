"""What requesters wrote to a worker is among the worker's messages."""

import pytest

from kempelen.domain.actions import messages, notices
from kempelen.domain.models import Notice
from tests.factories import a_hit, an_anonymous_worker
from tests.web.worker.conftest import queries_of

HTMX = {"HX-Request": "true"}
NEW = '1<span class="visually-hidden"> new</span>'


def page_of(browser, path="/messages/", **query):
    return browser.get(path, query).content.decode()


def test_a_notice_is_new_on_every_page_until_it_is_marked_as_read(as_cleo, cleo, ada):
    notice = notices.tell_worker(ada, cleo, "More birds", "Come & see <b>them</b>.")
    assert NEW in page_of(as_cleo, "/queue/")
    shown = page_of(as_cleo)
    assert "Come &amp; see &lt;b&gt;them&lt;/b&gt;." in shown
    assert NEW in page_of(as_cleo, "/queue/")
    read = as_cleo.post(f"/messages/{notice.public_id}/read/")
    assert read["Location"] == "/messages/"
    assert NEW not in page_of(as_cleo, "/queue/")
    assert "Mark as read" not in page_of(as_cleo)


def test_htmx_gets_the_card_that_was_read(as_cleo, cleo, ada):
    notice = notices.tell_worker(ada, cleo, "More birds", "Come and see.")
    card = as_cleo.post(f"/messages/{notice.public_id}/read/", headers=HTMX).content.decode()
    assert "<html" not in card
    assert "More birds" in card
    assert "Mark as read" not in card


def test_the_first_time_of_reading_counts(as_cleo, cleo, ada):
    notice = notices.tell_worker(ada, cleo, "More birds", "Come and see.")
    as_cleo.post(f"/messages/{notice.public_id}/read/")
    first = Notice.objects.get().read_at
    as_cleo.post(f"/messages/{notice.public_id}/read/")
    as_cleo.post("/messages/read/")
    assert Notice.objects.get().read_at == first


def test_all_can_be_marked_as_read_at_once(as_cleo, cleo, dan, ada):
    for worker in (cleo, cleo, dan):
        notices.tell_worker(ada, worker, "More birds", "Come and see.")
    assert as_cleo.post("/messages/read/")["Location"] == "/messages/"
    assert list(Notice.objects.filter(read_at=None).values_list("worker", flat=True)) == [dan.pk]
    assert "Mark all as read" not in page_of(as_cleo)


@pytest.mark.parametrize("is_known", [True, False])
def test_nobody_reads_anothers_notices(as_dan, client, cleo, ada, is_known):
    browser = as_dan if is_known else client
    notice = notices.tell_worker(ada, cleo, "More birds", "Come and see.")
    assert "More birds" not in page_of(browser)
    assert browser.post(f"/messages/{notice.public_id}/read/").status_code == 404
    browser.post("/messages/read/")
    assert Notice.objects.get().read_at is None


def test_looking_marks_nothing_as_read(as_cleo, cleo, ada):
    notice = notices.tell_worker(ada, cleo, "More birds", "Come and see.")
    page_of(as_cleo)
    assert as_cleo.get(f"/messages/{notice.public_id}/read/").status_code == 405
    assert as_cleo.get("/messages/read/").status_code == 405
    assert Notice.objects.get().read_at is None


def test_links_in_a_notice_can_be_followed(as_cleo, cleo, ada):
    notices.tell_worker(ada, cleo, "More birds", "See https://birds.example/?a=1&b=2 soon.\nAda")
    assert '<a href="https://birds.example/?a=1&amp;b=2" rel="nofollow">' in page_of(as_cleo)


def test_notices_and_messages_come_in_one_list_in_pages(as_cleo, cleo, ada, monkeypatch, moving_clock):
    monkeypatch.setattr("kempelen.web.worker.inbox.PAGE", 2)
    hit = a_hit(ada)
    for number in range(5):
        moving_clock.forward(1)
        if number in {1, 2, 3}:
            notices.tell_worker(ada, cleo, "Notice", f"{number}")
        else:
            messages.tell(cleo, hit, kind="question", text=f"{number}")
    seen, after = [], ""
    for _ in range(3):
        shown = as_cleo.get("/messages/", {"after": after} if after else {}).context["shown"]
        seen.append([row.text for row in shown.rows])
        after = shown.after
    assert (seen, after) == ([["4", "3"], ["2", "1"], ["0"]], "")


@pytest.mark.parametrize("after", ["0.0", "9.9.9", "-1.2", "x", f"{'9' * 30}.1", "１.２"])
def test_a_place_that_is_none_is_no_fault(as_cleo, db, after):
    assert as_cleo.get("/messages/", {"after": after}).status_code == 200


def test_an_anonymous_worker_reads_notices_in_their_browser(client, ada, monkeypatch):
    worker = an_anonymous_worker()
    notices.tell_worker(ada, worker, "Thank you", "That was quick.")
    monkeypatch.setattr("kempelen.web.worker.identity.worker_of_request", lambda _request: worker)
    assert "That was quick." in page_of(client)


def test_more_notices_cost_no_more_queries(as_cleo, cleo, ada):
    notices.tell_worker(ada, cleo, "More birds", "Come and see.")
    few = queries_of(as_cleo, "/messages/")
    for _ in range(10):
        notices.tell_worker(ada, cleo, "More birds", "Come and see.")
    assert queries_of(as_cleo, "/messages/") == few
