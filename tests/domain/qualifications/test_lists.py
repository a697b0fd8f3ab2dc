"""A requester's types with how many hold them and wait; several requests and workers at once."""

import pytest

from kempelen.domain.actions import qualification_decisions as decisions
from kempelen.domain.actions import qualification_types, qualifications
from kempelen.domain.errors import InvalidValue
from kempelen.domain.models import Notice, Qualification, QualificationRequest
from kempelen.domain.queries import qualification_lists as lists
from tests.domain.qualification_tests import a_tested_type
from tests.domain.requiring import a_type


def asked(kind, *workers) -> list[str]:
    """Requests of these workers for the type, by their ids."""
    return [qualifications.request(worker, kind.public_id).public_id for worker in workers]


def test_types_are_listed_with_holders_and_requests(ada, ben, cleo, dan):
    heard, numbers = a_type(ada, "Hears well"), a_tested_type(ada)
    a_type(ben, "Another's")
    asked(heard, cleo, dan)
    qualifications.associate(ada, numbers.public_id, cleo.public_id)
    found = lists.types_of(ada, size=10)
    assert [(one.name, one.holder_count, one.waiting_count, one.has_test) for one in found] == [
        ("Numbers", 1, 0, True),
        ("Hears well", 0, 2, False),
    ]
    assert lists.waiting_count(ada) == 2
    assert lists.waiting_count(ben) == 0


def test_counting_ends_where_nobody_counts_on(ada, cleo, dan, monkeypatch):
    kind = a_type(ada, "Hears well")
    asked(kind, cleo, dan)
    for worker in (cleo, dan):
        qualifications.associate(ada, kind.public_id, worker.public_id)
    monkeypatch.setattr(lists, "MOST_COUNTED", 1)
    (found,) = lists.types_of(ada, size=10)
    assert (found.holder_count, found.waiting_count, lists.waiting_count(ada)) == (1, 1, 1)


def test_types_are_searched_paged_and_listed_when_deleted(ada):
    first, second = a_type(ada, "Sees birds"), a_type(ada, "Sees trees")
    assert lists.types_of(ada, search="sees BIRDS", size=9) == [first]
    assert lists.types_of(ada, search=second.public_id, size=9) == [second]
    assert lists.types_of(ada, after=second.pk, size=9) == [first]
    qualification_types.dispose(ada, first.public_id)
    assert lists.types_of(ada, size=9) == [second]
    assert lists.types_of(ada, status="deleted", size=9) == [first]


def test_the_list_is_one_query_however_many_there_are(ada, cleo, django_assert_num_queries):
    for number in range(3):
        asked(a_type(ada, f"Type {number}"), cleo)
    with django_assert_num_queries(1):
        lists.types_of(ada, size=10)


def test_requests_are_granted_and_refused_together(ada, cleo, dan):
    kind = a_type(ada, "Hears well")
    ids = asked(kind, cleo, dan)
    qualifications.accept_request(ada, ids[0], value=3)
    assert decisions.accept_requests(ada, ids, value=7) == (1, 1)
    held = dict(Qualification.objects.values_list("worker", "value"))
    assert held == {cleo.pk: 3, dan.pk: 7}
    another = a_type(ada, "Sees well")
    assert decisions.reject_requests(ada, asked(another, cleo), reason=" Not yet. ") == (1, 0)
    assert QualificationRequest.objects.get(qualification_type=another).reason == "Not yet."


def test_nobody_answers_the_requests_of_others(ada, ben, cleo):
    (request_id,) = asked(a_type(ada, "Hears well"), cleo)
    assert decisions.accept_requests(ben, [request_id]) == (0, 1)
    assert QualificationRequest.objects.get().status == "Pending"


def test_several_workers_get_a_value_and_lose_it(ada, cleo, dan):
    kind = a_type(ada, "Hears well")
    ids = [cleo.public_id, dan.public_id]
    assert decisions.grant(kind, [*ids, " "], value=5) == (2, 0)
    assert decisions.grant(kind, ids, value=5) == (0, 2)
    assert Notice.objects.count() == 2
    assert decisions.revoke(kind, ids, reason="Over.") == (2, 0)
    assert decisions.revoke(kind, ids) == (0, 2)
    assert set(Qualification.objects.values_list("status", "reason")) == {("Revoked", "Over.")}


@pytest.mark.parametrize("ids", [[], ["AZZZ"], ["AX"] * 2 + [f"A{n}" for n in range(101)]])
def test_workers_that_nobody_is_get_nothing(ada, cleo, ids):
    kind = a_type(ada, "Hears well")
    with pytest.raises(InvalidValue):
        decisions.grant(kind, [cleo.public_id, *ids] if ids else ids)
    assert not Qualification.objects.exists()
