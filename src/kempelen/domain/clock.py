"""The one clock of the domain."""

from datetime import UTC, datetime


def now() -> datetime:
    """Give the domain's present time, aware and in UTC.

    Every rule about expiry, approval and lifetime asks here; signatures and log-in sessions do not.
    """
    return datetime.now(tz=UTC)


def real_now() -> datetime:
    """Give the world's present time, aware and in UTC.

    For what lets people and programs in, and for how long processes may take: neither is the domain's.
    """
    return datetime.now(tz=UTC)
