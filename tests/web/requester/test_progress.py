"""The part of a batch's page that is polled."""

import pytest
from django.utils.timezone import now

from kempelen.domain.models import Assignment, Batch
from kempelen.web.requester import progress
from tests.factories import a_submitted_assignment, hits_of


@pytest.fixture(autouse=True)
def _no_minute_passes(monkeypatch):
    monkeypatch.setattr(progress, "MARK_LASTS_SECONDS", 10**12)


def poll(owner, at, **headers):
    return owner.get(at("batches/1/progress/?seen=open"), headers={"HX-Request": "true"} | headers)


def test_nothing_is_sent_while_nothing_has_changed(owner, at, batch, cleo):
    first = poll(owner, at)
    assert first["Cache-Control"] == "private, no-cache"
    assert poll(owner, at, **{"If-None-Match": first["ETag"]}).status_code == 304
    a_submitted_assignment(cleo, hits_of(batch)[0])
    changed = poll(owner, at, **{"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert "1 of 6" in changed.content.decode()


def test_the_page_is_loaded_anew_when_the_state_changes(owner, at, batch):
    Batch.objects.update(paused_at=now())
    answer = poll(owner, at)
    assert answer["HX-Refresh"] == "true"
    assert not answer.content


def test_asking_again_counts_nothing(owner, at, batch, django_assert_max_num_queries):
    etag = poll(owner, at)["ETag"]
    with django_assert_max_num_queries(5) as queries:  # session, user, membership, batch, newest event
        assert poll(owner, at, **{"If-None-Match": etag}).status_code == 304
    assert not any("SUM(" in query["sql"] for query in queries)


def test_a_batch_whose_answers_are_all_in_is_polled_no_more(owner, at, batch, cleo, dan):
    for hit in hits_of(batch):
        for worker in (cleo, dan):
            a_submitted_assignment(worker, hit)
    page = owner.get(at("batches/1/")).content.decode()
    assert "complete" in page
    assert "hx-trigger" not in page
    assert Assignment.objects.count() == 6


def test_publishing_shows_rows_made_of_rows_to_make(owner, at, upload):
    Batch.objects.update(state="publishing", published_count=2)
    page = owner.get(at("batches/1/progress/?seen=publishing")).content.decode()
    assert "2 of 3" in page
