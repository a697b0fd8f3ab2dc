import pytest

from kempelen.domain.actions import bulk_reviews, planning
from tests.domain.moving_clock import moving_clock

__all__ = ["moving_clock", "small_pages"]


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reviews of many answers in pages of two, so that five answers take three."""
    monkeypatch.setattr(bulk_reviews, "PAGE", 2)
    monkeypatch.setattr(planning, "PAGE", 2)
