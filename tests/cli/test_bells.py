"""One process asks for work, another does it."""

import os

import pytest

from kempelen.cli.serving.bells import Bells
from kempelen.domain.actions import background

pytestmark = pytest.mark.once
PATIENCE_SECONDS = 20


def test_work_that_another_process_asks_for_wakes_the_one_that_does_it() -> None:
    bells = Bells()
    bells.hear()
    background.asked.clear()
    background.told.clear()
    background.moved.clear()
    child = os.fork()
    if child == 0:
        bells.ring_elsewhere()
        background.moved.set()
        background.asked.set()
        os._exit(0)
    assert background.asked.wait(PATIENCE_SECONDS)
    assert background.moved.wait(PATIENCE_SECONDS)
    assert not background.told.is_set()
    assert os.waitpid(child, 0)[1] == 0
    background.asked.clear()
    background.moved.clear()


def test_who_rings_never_waits_for_who_hears(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "asked", background.asked)
    monkeypatch.setattr(background, "told", background.told)
    monkeypatch.setattr(background, "moved", background.moved)
    Bells().ring_elsewhere()
    for _ in range(100_000):  # more than any pipe holds
        background.told.set()
    assert background.told.is_set()
