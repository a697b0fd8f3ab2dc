"""Queries that are made once give what they would give made anew."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kempelen.domain import clock
from kempelen.domain.actions import assignments, claims
from kempelen.domain.models import HIT, Assignment, Worker
from kempelen.domain.prepared import Prepared, Slot, insert, update
from tests.domain.queues import a_group

_BY_ID = Prepared(
    lambda: Assignment.objects.filter(public_id=Slot("id")).select_related("hit__hit_type", "worker")
)
_LATER = Prepared(
    lambda: HIT.objects.filter(expires_at__gt=Slot("now"), status=HIT.Status.ASSIGNABLE).order_by("seq")
)


@pytest.fixture
def accepted(cleo: Worker) -> Assignment:
    return claims.accept_next(cleo, a_group(hits=3))


def fields_of(row: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_a_row_comes_with_all_that_it_refers_to(accepted: Assignment, django_assert_num_queries: Any) -> None:
    assignments.submit(accepted.public_id, {"name": ["a", "ü"]})
    plain = Assignment.objects.select_related("hit__hit_type", "worker").get(pk=accepted.pk)
    with django_assert_num_queries(1):
        found = _BY_ID.first(id=accepted.public_id)
        assert found
        assert fields_of(found) == fields_of(plain)
        assert fields_of(found.hit.hit_type) == fields_of(plain.hit.hit_type)
        assert found.worker == plain.worker
    assert _BY_ID.first(id="none") is None


def test_what_a_row_does_not_refer_to_is_not_there(
    accepted: Assignment, django_assert_num_queries: Any
) -> None:
    hit = Prepared(lambda: HIT.objects.filter(pk=Slot("pk")).select_related("template_version__template"))
    HIT.objects.filter(pk=accepted.hit_id).update(template_version=None, question="<p/>")
    with django_assert_num_queries(1):
        found = hit.first(pk=accepted.hit_id)
        assert found
        assert found.template_version is None


def test_each_run_has_its_own_values(accepted: Assignment) -> None:
    now = clock.now()
    assert len(_LATER.all(now=now)) == 2  # the third is full
    assert _LATER.all(now=now + timedelta(days=1000)) == []
    assert len(_LATER.all(now=now)) == 2


def test_rows_may_be_values(accepted: Assignment) -> None:
    kept = {"at": "now", "fields": [["a", "b"]]}
    Assignment.objects.filter(pk=accepted.pk).update(draft=kept)
    hits = Assignment.objects.filter(pk=Slot("pk"))
    assert Prepared(lambda: hits.values_list("draft", flat=True)).first(pk=accepted.pk) == kept
    pairs = Prepared(lambda: hits.values_list("status", "accepted_at"))
    assert pairs.all(pk=accepted.pk) == [("Accepted", accepted.accepted_at)]


def test_what_is_deferred_is_read_when_it_is_asked_for(accepted: Assignment) -> None:
    prepared = Prepared(lambda: HIT.objects.filter(pk=Slot("pk")).defer("inputs"))
    found = prepared.first(pk=accepted.hit_id)
    assert found and found.get_deferred_fields() == {"inputs"}
    assert found.inputs == HIT.objects.get(pk=accepted.hit_id).inputs


def test_a_row_is_stored_as_its_model_would_store_it(accepted: Assignment, dan: Worker) -> None:
    now = clock.now()
    row = Assignment(hit=accepted.hit, group=accepted.group, worker=dan, accepted_at=now, deadline_at=now)
    insert(row)
    assert fields_of(Assignment.objects.get(pk=row.pk)) == fields_of(
        Assignment.objects.get(public_id=row.public_id)
    )
    assert Assignment.objects.get(pk=row.pk).accepted_at == now
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Assignment(hit=row.hit, group=row.group, worker=dan, accepted_at=now, deadline_at=now))


def test_only_the_named_fields_of_a_row_are_stored(accepted: Assignment) -> None:
    accepted.draft, accepted.feedback = {"fields": []}, "never mind"
    update(accepted, "draft")
    stored = Assignment.objects.get(pk=accepted.pk)
    assert (stored.draft, stored.feedback) == ({"fields": []}, "")
