"""Workers are found, filtered, sorted and paged by their figures."""

import pytest

from kempelen.domain import clock
from kempelen.domain.actions import blocks, qualification_types, qualifications, worker_groups
from kempelen.domain.errors import NotFound
from kempelen.domain.models import Requester, Worker, WorkerRecord
from kempelen.domain.queries import workers
from kempelen.domain.queries.workers import ChosenWorkers
from tests.domain.workers.known import a_record
from tests.factories import a_worker


def ids(requester: Requester, **query: str) -> list[str]:
    """The workers page by page of two, as the address asks."""
    chosen, after, found = ChosenWorkers.from_query(query), "", []
    while True:
        page = workers.page(requester, chosen, after=after, size=2)
        found += [record.worker.public_id for record in page.records]
        after = page.after
        if not after:
            return found


def test_those_seen_last_come_first_and_only_ones_own(ada: Requester, ben: Requester) -> None:
    mine = [a_record(ada).worker.public_id for _ in range(5)]
    a_record(ben)
    assert ids(ada) == mine[::-1]


@pytest.mark.parametrize("sort", workers.SORTS)
@pytest.mark.parametrize("sign", ["", "-"])
def test_every_order_pages_through_all_with_the_unknown_last(ada: Requester, sort: str, sign: str) -> None:
    field, may_be_unknown = workers.SORTS[sort]
    values = [3, 1, None, 2, 2] if may_be_unknown else [3, 1, 4, 2, 2]
    for value in values:
        a_record(ada, **({} if sort in ("seen", "worker") else {field: value}))
    found = ids(ada, sort=sign + sort)
    assert len(set(found)) == 5
    shown = dict(WorkerRecord.objects.values_list("worker__public_id", field))
    known = [shown[one] for one in found if shown[one] is not None]
    assert known == sorted(known, reverse=bool(sign))
    assert not may_be_unknown or shown[found[-1]] is None


def test_filters_find_blocked_qualified_grouped_and_weak_workers(ada: Requester, ben: Requester) -> None:
    blocked, good, weak = (a_record(ada, approval_percent=percent) for percent in (None, 99, 50))
    blocks.block(ada, blocked.worker.public_id, reason="Spam")
    blocks.block(ben, good.worker.public_id, reason="Not ours")
    kind = qualification_types.create(ada, {"name": "Finnish", "description": "Speaks it."})
    qualifications.associate(ada, kind.public_id, good.worker.public_id)
    qualifications.associate(ada, kind.public_id, weak.worker.public_id)
    qualifications.disassociate(ada, kind.public_id, weak.worker.public_id)
    group = worker_groups.create(ada, "Pilots")
    worker_groups.change_members(group, add=[weak.worker])
    assert ids(ada, blocked="yes") == [blocked.worker.public_id]
    assert blocked.worker.public_id not in ids(ada, blocked="no")
    assert ids(ada, qualification=kind.public_id) == [good.worker.public_id]
    assert ids(ada, group=str(group.pk)) == ids(ada, approval_below="60") == [weak.worker.public_id]
    assert not ids(ben, group=str(group.pk))
    assert ids(ada, q=good.worker.public_id[:8].lower()) == [good.worker.public_id]


def test_an_address_says_only_what_differs_and_nonsense_is_left_out() -> None:
    query = {"q": "a1", "blocked": "yes", "approval_below": "90", "sort": "pace"}
    assert ChosenWorkers.from_query(query).as_query() == query | {"q": "A1"}
    odd = {"blocked": "maybe", "group": "x", "approval_below": "-1", "sort": "colour", "q": "\0"}
    assert ChosenWorkers.from_query(odd) == ChosenWorkers()
    assert ChosenWorkers.from_query(odd).is_all


def test_a_worker_is_found_by_those_who_have_to_do_with_them(
    ada: Requester, ben: Requester, cleo: Worker, dan: Worker
) -> None:
    a_record(ada, cleo)
    blocks.block(ben, dan.public_id, reason="Rude")
    assert workers.found(ada, cleo.public_id) == cleo
    assert workers.found(ben, dan.public_id) == dan
    for requester, worker in ((ada, dan), (ben, cleo), (ada, a_worker())):
        with pytest.raises(NotFound):
            workers.found(requester, worker.public_id)
    assert [block.worker for block in workers.blocked_without_work(ben, size=5)] == [dan]


def test_seen_lately_counts_days_back_from_now(ada: Requester, cleo: Worker) -> None:
    now = clock.now()
    old = a_record(ada, last_seen_at=now.replace(year=now.year - 1))
    new = a_record(ada, last_seen_at=now)
    assert ids(ada, seen_within_days="30") == [new.worker.public_id]
    assert len(ids(ada, seen_within_days="36500")) == 2 and old
