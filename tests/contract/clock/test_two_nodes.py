"""Two servers on one database: where one moves the clock, the other follows."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from kempelen.rehearsal.remote_clock import RemoteClock
from tests.contract.clock.rehearsed import Rehearsed, eventually
from tests.servers import Server, new_server

pytestmark = pytest.mark.postgresql
SETTINGS = {"KEMPELEN_SECRET_KEY": "the same on both nodes, and long enough for that"}


@pytest.fixture(scope="module")
def nodes() -> Iterator[tuple[Rehearsed, Server]]:
    with new_server(settings=SETTINGS) as first:
        rehearsed = Rehearsed(first.start())
        folder = first.folder.with_name("second")
        folder.mkdir()
        second = Server(folder, database_url=first.database_url, settings=SETTINGS)
        try:
            yield rehearsed, second.start("--workers", "2")
        finally:
            second.kill()
            rehearsed.mturk.close()


def test_the_other_node_follows_within_a_moment(nodes: tuple[Rehearsed, Server]) -> None:
    here, there = nodes[0].clock, RemoteClock(nodes[1].url, nodes[0].token)
    here.run(0)

    for mover, follower in ((here, there), (there, here)):
        at = mover.advance(timedelta(days=2))
        assert eventually(lambda follower=follower, at=at: follower.now() == at)
        assert {follower.now() for _ in range(4)} == {at}


def test_what_the_first_is_asked_for_is_seen_on_the_second(nodes: tuple[Rehearsed, Server]) -> None:
    rehearsed = nodes[0]
    rehearsed.clock.run(1)
    assignment_id = rehearsed.submitted(rehearsed.a_worker(), rehearsed.a_hit())
    rehearsed.send_home()

    RemoteClock(nodes[1].url, rehearsed.token).advance("3d")

    assert rehearsed.status_of(assignment_id) == "Approved"


def test_moves_of_both_at_once_all_count(nodes: tuple[Rehearsed, Server]) -> None:
    here, there = nodes[0].clock, RemoteClock(nodes[1].url, nodes[0].token)
    here.run(0)
    began = here.now()

    with ThreadPoolExecutor(8) as threads:
        moved = [threads.submit(one.advance, "1h") for one in [here, there] * 10]
    times = {one.result() for one in moved}

    ended = began + timedelta(hours=20)
    assert max(times) == ended
    assert eventually(lambda: here.now() == there.now() == ended)
