"""A clock for tests that moves when told."""

from datetime import datetime, timedelta

import pytest

from kempelen.domain import clock


class MovingClock:
    """Stands where it was set until it is moved."""

    def __init__(self) -> None:
        self.time = clock.now()

    def now(self) -> datetime:
        return self.time

    def forward(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def moving_clock(monkeypatch: pytest.MonkeyPatch) -> MovingClock:
    """The domain's clock and the world's, standing still until `forward` is called."""
    moving = MovingClock()
    monkeypatch.setattr(clock, "now", moving.now)
    monkeypatch.setattr(clock, "real_now", moving.now)
    return moving
