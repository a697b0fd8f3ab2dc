"""The clock of a throw-away server, moved by a program."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from kempelen.rehearsal import server
from kempelen.rehearsal.remote_clock import RemoteClock
from kempelen.rehearsal.sandbox_calls import SandboxRefused
from kempelen.rehearsal.server import Server

pytestmark = pytest.mark.once
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def mturk() -> Iterator[Server]:
    with server.start() as started:
        yield started


@pytest.fixture
def clock(mturk: Server) -> RemoteClock:
    return RemoteClock(mturk.url, mturk.admin_token)


def test_it_is_looked_at_moved_and_brought_back(clock: RemoteClock) -> None:
    assert abs(clock.now() - datetime.now(tz=UTC)) < HOUR
    stood = clock.run(0)
    assert clock.advance(timedelta(days=3)) == stood + timedelta(days=3)
    assert clock.advance("1h 30min") == stood + timedelta(days=3, hours=1.5)
    stands = clock.stands()
    assert (stands.now, stands.factor) == (stood + timedelta(days=3, hours=1.5), 0)
    assert abs(stands.offset - timedelta(days=3, hours=1.5)) < HOUR
    assert abs(clock.reset() - datetime.now(tz=UTC)) < HOUR
    assert clock.stands().factor == 1


def test_it_is_set_to_times_of_any_zone(clock: RemoteClock) -> None:
    clock.run(0)
    noon = datetime(2100, 1, 1, 12)
    assert clock.set(noon) == noon.replace(tzinfo=UTC)
    later = datetime.fromisoformat("2100-01-01T14:00+01:00")
    assert clock.set(later) == later
    clock.reset()


def test_what_is_refused_is_said(mturk: Server, clock: RemoteClock) -> None:
    with pytest.raises(SandboxRefused, match="not negative"):
        clock.advance(-HOUR)
    with pytest.raises(SandboxRefused, match="1,000,000"):
        clock.run(10**9)
    with pytest.raises(SandboxRefused, match="kempelen token create --admin"):
        RemoteClock(mturk.url, "wrong").now()
    with pytest.raises(SandboxRefused, match="does not answer"):
        RemoteClock("http://127.0.0.1:9", "x").now()
