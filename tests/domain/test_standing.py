"""The system qualification types' values, from what a worker did (mturk-api.md §4.1)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kempelen.domain.models import Qualification, Requester, Worker
from kempelen.domain.qualifications import system_types
from kempelen.domain.qualifications.comparing import Fact
from kempelen.domain.queries import standing
from tests.domain.queues import a_group
from tests.domain.requiring import a_history, a_type, granted


def value(worker: Worker | None, type_id: str) -> int | None:
    return standing.facts(worker, [type_id])[type_id].value


def test_approved_answers_are_counted(ada: Requester, cleo: Worker) -> None:
    a_history(cleo, a_group(ada, hits=6), approved=3, rejected=1, submitted=1, returned=1)
    assert value(cleo, system_types.APPROVED) == 3


@pytest.mark.parametrize(("waiting", "percent"), [(0, 100), (1, 89)])
def test_the_approval_rate_is_100_until_100_are_submitted(
    ada: Requester, cleo: Worker, waiting: int, percent: int
) -> None:
    a_history(cleo, a_group(ada, hits=100), approved=89, rejected=10, submitted=waiting)
    assert value(cleo, system_types.PERCENT_APPROVED) == percent


@pytest.mark.parametrize(
    ("type_id", "percent"),
    [
        (system_types.PERCENT_SUBMITTED, 50),
        (system_types.PERCENT_RETURNED, 33),
        (system_types.PERCENT_ABANDONED, 16),
        (system_types.PERCENT_REJECTED, 66),
    ],
)
def test_retired_types_have_values_too(ada: Requester, cleo: Worker, type_id: str, percent: int) -> None:
    a_history(cleo, a_group(ada, hits=6), approved=1, rejected=2, returned=2, abandoned=1)
    assert value(cleo, type_id) == percent


def test_somebody_new_starts_well(db: None) -> None:
    assert value(None, system_types.PERCENT_APPROVED) == 100
    assert value(None, system_types.APPROVED) == 0
    assert value(None, system_types.ADULT) == 0
    assert standing.facts(None, [system_types.LOCALE, "3OWN"]) == {}


def test_the_worker_says_where_they_are_and_what_they_agree_to(cleo: Worker) -> None:
    cleo.country, cleo.subdivision, cleo.is_adult = "US", "CA", True
    assert standing.facts(cleo, [system_types.LOCALE, system_types.ADULT]) == {
        system_types.LOCALE: Fact(country="US", state="CA"),
        system_types.ADULT: Fact(1),
    }


def test_a_score_counts_until_it_is_revoked(ada: Requester, cleo: Worker, dan: Worker) -> None:
    kind = a_type(ada)
    held = granted(cleo, kind, 7)
    assert standing.facts(cleo, [kind.public_id]) == {kind.public_id: Fact(7)}
    assert standing.facts(dan, [kind.public_id]) == {}
    Qualification.objects.filter(pk=held.pk).update(status="Revoked", revoked_at=held.granted_at)
    assert standing.facts(cleo, [kind.public_id]) == {}


def test_only_what_is_asked_for_is_looked_up(ada: Requester, cleo: Worker) -> None:
    kind = a_type(ada)
    for type_ids, queries in [
        ([system_types.LOCALE, system_types.ADULT], 0),
        ([kind.public_id, a_type(ada, "Dogs").public_id], 1),
        ([kind.public_id, system_types.APPROVED, system_types.PERCENT_APPROVED], 2),
    ]:
        with CaptureQueriesContext(connection) as asked:
            standing.facts(cleo, type_ids)
        assert len(asked) == queries
