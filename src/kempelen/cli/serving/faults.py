"""The connections of a sandbox's server, whose answers can be held back or cut off.

An answer that is held back holds no thread: it is made at once and lies in its connection's buffer, and the
loop that sends turns to it when it is due.
"""

import socket
import struct
import threading
import time
from collections.abc import Iterable
from typing import Any, cast

from waitress.channel import HTTPChannel
from waitress.task import WSGITask

from kempelen.web.sandbox.fault import FAULT, Fault

_noting = threading.Lock()


class FaultyTask(WSGITask):
    """One request, with a `Fault` in its environment."""

    def get_environment(self) -> dict[str, Any]:
        """Give the request's environment."""
        environment: dict[str, Any] = super().get_environment()
        environment.setdefault(FAULT, Fault())
        return environment

    def write(self, data: bytes) -> None:
        """Send a part of the answer, unless none is to go out."""
        fault: Fault = self.get_environment()[FAULT]
        channel: FaultyChannel = cast(Any, self.channel)
        channel.is_reset = fault.is_reset
        if fault.hold_seconds:
            channel.hold(fault.hold_seconds)
            fault.hold_seconds = 0.0
        if not fault.is_silent:
            super().write(data)
        if fault.is_silent or fault.is_short:
            # The loop closes the connection when all that is in its buffer has gone out.
            self.close_on_finish = True
            # That it is too little is no news, and no line of the log.
            self.content_length = None


class FaultyChannel(HTTPChannel):
    """A connection whose answer can wait."""

    task_class = FaultyTask
    held_until = 0.0
    # Whether the other side is to see it broken, not ended.
    is_reset = False
    # Of all connections, so that a loop which holds nothing back need not look at each.
    last_due = 0.0

    def hold(self, seconds: float) -> None:
        """Send nothing for so long."""
        self.held_until = time.monotonic() + seconds
        with _noting:
            FaultyChannel.last_due = max(self.held_until, FaultyChannel.last_due)

    def writable(self) -> bool:
        """Tell the loop whether there is something to send or to end."""
        if not self._is_held():
            return bool(super().writable())
        # It is not the other side that is slow: nobody is to give it up.
        self.last_activity = time.time()
        return bool(self.will_close)

    def handle_close(self) -> None:
        """Close the connection."""
        if self.is_reset and self.socket is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        super().handle_close()

    def _flush_some(self, do_close: bool = True) -> bool:
        # It is missing in the stubs.
        return not self._is_held() and bool(super()._flush_some(do_close))  # type: ignore[misc]

    def _is_held(self) -> bool:
        return bool(self.held_until) and time.monotonic() < self.held_until


def seconds_until_due(channels: Iterable[Any], *, at_most: float) -> float:
    """Give how long the loop may wait until one of the answers that are held back is due."""
    now = time.monotonic()
    if FaultyChannel.last_due <= now:
        return at_most
    waits: list[float] = [channel.held_until - now for channel in channels if channel.held_until > now]
    return min([at_most, *waits])
