"""The clock of a sandbox server, looked at and moved from elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from kempelen.rehearsal import sandbox_calls

_WHAT = "clock"


@dataclass(frozen=True)
class ClockStands:
    """What a server's clock shows: `now`, in UTC; how fast it runs; how far it is ahead of the world's."""

    now: datetime
    factor: float
    offset: timedelta


class RemoteClock:
    """Moves the clock of the sandbox server at `url`; `admin_token` is an administrator's.

    Once a call has returned, all processes of that node follow; other nodes of a database do within a second
    or so.  What is due by the new time happens as it would have happened, and soon; whoever looks finds it
    done.  Whatever the server refuses is raised as `SandboxRefused`.
    """

    def __init__(self, url: str, admin_token: str) -> None:
        self._url = url.rstrip("/")
        self._admin_token = admin_token

    def now(self) -> datetime:
        """Give the server's time, aware and in UTC."""
        return self.stands().now

    def stands(self) -> ClockStands:
        """Give all that the clock shows."""
        return self._ask(None)

    def set(self, at: datetime, /) -> datetime:
        """Let the clock show this time, UTC unless it says otherwise; gives the new time.

        It is refused to go back over what has happened on the server: to go from event to event let the clock
        stand still first (`run(0)`).
        """
        moment = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
        return self._ask({"set": moment.isoformat()}).now

    def advance(self, by: timedelta | str) -> datetime:
        """Move the clock forward, by such as `timedelta(days=3)`, `3d` or `1h 30min`; gives the new time."""
        return self._ask({"advance": by if isinstance(by, str) else by.total_seconds()}).now

    def run(self, factor: float) -> datetime:
        """Let the clock run so many times as fast as the world's; 0 lets it stand still.  Gives the time."""
        return self._ask({"run": factor}).now

    def reset(self) -> datetime:
        """Let the clock show the world's time again; gives it.

        It is refused to go back over what has happened on the server.
        """
        return self._ask({"reset": True}).now

    def _ask(self, arguments: Mapping[str, Any] | None) -> ClockStands:
        told = sandbox_calls.ask(self._url, self._admin_token, _WHAT, arguments)
        offset = timedelta(seconds=told["offset"])
        return ClockStands(datetime.fromisoformat(told["now"]), told["factor"], offset)
