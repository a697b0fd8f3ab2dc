"""Hours as the figures number them: since 1970, UTC."""

from datetime import UTC, datetime, timedelta

SECONDS = 3600
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)


def hour_of(at: datetime) -> int:
    """Give the hour that a moment is in."""
    return int((at - _FIRST) // timedelta(seconds=SECONDS))


def start_of(hour: int) -> datetime:
    """Give the moment when an hour begins."""
    return _FIRST + timedelta(seconds=SECONDS) * hour
