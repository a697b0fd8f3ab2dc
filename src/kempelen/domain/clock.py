"""The one clock of the domain: the world's time, or what a sandbox has made of it.

Nothing else of the domain and its faces reads a clock (`tools.house_rules`).
"""

from datetime import UTC, datetime

from kempelen.domain.clock_file import ClockFile, Course

# What this process reads the course of its clock from; a production server has none (`actions.clock_moves`).
_file: ClockFile | None = None


def now() -> datetime:
    """Give the domain's present time, aware and in UTC.

    Every rule about expiry, approval and lifetime asks here.
    """
    real = datetime.now(tz=UTC)
    return real if _file is None else _file.time_at(real)


def real_now() -> datetime:
    """Give the world's present time, aware and in UTC, which nobody moves.

    For what lets people and programs in, how long processes may take, and how often work is done.
    """
    return datetime.now(tz=UTC)


def course() -> Course | None:
    """Give how the domain's time follows from the world's; None where it is the same."""
    return None if _file is None else _file.course


def follow(file: ClockFile | None) -> None:
    """Let the clock of this process go as the file says from now on; None for the world's time."""
    global _file
    _file = file
