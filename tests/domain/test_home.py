"""The worker's home."""

import pytest

from kempelen.domain.actions import assignments, claims
from kempelen.domain.models import HIT, Audience, QueueOrder, Requester, Worker
from kempelen.domain.queries import home
from tests.domain.queues import a_group


def left(worker: Worker | None, *, is_logged_in: bool = True) -> list[int]:
    groups = list(home.listing(worker, is_logged_in=is_logged_in, sort="oldest"))
    counts = home.left_for(worker, groups)
    return [counts[group.pk] for group in groups]


@pytest.mark.parametrize("order", QueueOrder.values)
def test_counts_are_what_is_left_for_this_worker(
    ada: Requester, cleo: Worker, dan: Worker, order: str
) -> None:
    group = a_group(ada, hits=4, places=2, queue_order=order, priorities=[0] * 4)
    assignments.submit(claims.accept_next(cleo, group).public_id, {"a": "1"})
    claims.put_off(cleo, HIT.objects.exclude(assignments__worker=cleo).earliest("pk"))
    assert left(cleo) == [3]
    assert left(dan) == [4]
    assert left(None) == [4]


def test_a_group_without_work_for_the_worker_is_not_listed(ada: Requester, cleo: Worker, dan: Worker) -> None:
    group = a_group(ada, hits=1, places=2)
    claims.accept_next(cleo, group)
    assert left(cleo) == []
    assert left(dan) == [1]


def test_counting_stops_after_99(ada: Requester, cleo: Worker) -> None:
    a_group(ada, hits=150)
    assert left(cleo) == [100]


def test_visitors_see_only_what_anybody_may_do(ada: Requester, cleo: Worker) -> None:
    a_group(ada, hits=1, audience=Audience.WORKERS)
    assert left(None, is_logged_in=False) == []
    assert left(cleo) == [1]
    assert left(None, is_logged_in=True) == [1]


def test_groups_for_other_workers_are_not_listed(ada: Requester, cleo: Worker, dan: Worker) -> None:
    group = a_group(ada, audience=Audience.GROUPS)
    chosen = ada.worker_groups.create(name="chosen")
    chosen.members.add(cleo)
    group.worker_groups.add(chosen)
    assert left(cleo) == [3]
    assert left(dan) == []


@pytest.mark.parametrize(("search", "found"), [("PICT ada", 1), ("pict ben", 0), ("100%", 0)])
def test_every_word_of_a_search_must_be_found(ada: Requester, search: str, found: int) -> None:
    a_group(ada)
    assert len(home.listing(None, is_logged_in=True, search=search)) == found
