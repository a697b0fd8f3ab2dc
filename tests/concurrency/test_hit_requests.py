"""Programs that ask for the same thing at the same moment, and change HITs that workers race for."""

import threading
from collections.abc import Callable

from django.db import connection

from kempelen.domain.actions import assignments, claims, hit_types, hits
from kempelen.domain.errors import HITAlreadyExists, Refusal
from kempelen.domain.models import HIT, Assignment, HITGroup, HITType, Requester, Worker
from tests.domain.api_hits import a_hit_type, a_new_hit
from tests.factories import a_requester, a_worker


def all_at_once(*doings: Callable[[], object]) -> list[object]:
    """Do everything at the same moment; gives what came of each, a refusal where it was refused."""
    results: list[object] = [None] * len(doings)
    start = threading.Barrier(len(doings))

    def do(index: int) -> None:
        start.wait()
        try:
            results[index] = doings[index]()
        except Refusal as refusal:
            results[index] = refusal
        except BaseException as fault:  # noqa: BLE001 (shown by the test, which a thread cannot fail)
            results[index] = fault
        connection.close()

    threads = [threading.Thread(target=do, args=(index,)) for index in range(len(doings))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_one_token_makes_one_hit_however_many_ask(transactional_db: None) -> None:
    ada = a_requester("Ada")

    def make() -> HIT:
        return a_new_hit(a_hit_type(ada), token="once")

    results = all_at_once(*[make] * 8)
    (hit,) = HIT.objects.all()
    refused = [result for result in results if isinstance(result, HITAlreadyExists)]
    assert len(refused) == 7, results
    assert {refusal.result_id for refusal in refused} == {hit.public_id}
    assert (HITType.objects.count(), HITGroup.objects.count()) == (1, 1)


def test_hits_made_at_once_have_positions_of_their_own(transactional_db: None) -> None:
    ada = a_requester("Ada")
    results = all_at_once(*[lambda: [a_new_hit(a_hit_type(ada)) for _ in range(5)]] * 6)
    assert all(isinstance(result, list) for result in results), results
    assert sorted(HIT.objects.values_list("seq", flat=True)) == list(range(1, 31))


def test_hits_change_their_type_while_workers_take_them(transactional_db: None) -> None:
    ada = a_requester("Ada")
    cheap, dear = a_hit_type(ada), a_hit_type(ada, reward_cents=50)
    made = [a_new_hit(cheap, max_assignments=3) for _ in range(12)]
    groups = [hit_types.own_group(cheap), hit_types.own_group(dear)]

    def move() -> None:
        for turn in range(2):
            for hit in made:
                hits.change_type(ada, hit.public_id, (dear, cheap)[turn])

    def extend() -> None:
        for hit in made:
            hits.add_assignments(ada, hit.public_id, 1)

    workers = [a_worker(f"Worker{number}") for number in range(4)]
    doings = [move, extend, *(_worker_of(worker.pk, groups) for worker in workers)]
    results = all_at_once(*doings)
    assert results == [None] * len(results)
    _check(ada)
    for worker in workers:
        _worker_of(worker.pk, groups)()
    assert Assignment.objects.filter(status="Submitted").count() == 12 * 4
    _check(ada)


def _worker_of(worker_pk: int, groups: list[HITGroup]) -> Callable[[], None]:
    """Do everything there is to do in these groups, and then once more look for what moved meanwhile."""

    def work() -> None:
        worker = Worker.objects.get(pk=worker_pk)
        for group in groups * 2:
            try:
                while True:
                    mine = claims.accept_next(worker, group)
                    assignments.submit(mine.public_id, {"answer": "yes"})
            except Refusal:
                continue

    return work


def _check(ada: Requester) -> None:
    for hit in HIT.objects.filter(requester=ada).select_related("group"):
        assert hit.group.hit_type_id == hit.hit_type_id
        done = hit.assignments.filter(status="Submitted")
        assert done.count() == done.values("worker").distinct().count() == hit.unreviewed_count
