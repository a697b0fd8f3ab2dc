"""One process's web server: waitress, with limits per path and an end that cuts nobody off."""

import copy
import logging
import re
import signal
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer, create_server

from kempelen.cli.serving import faults
from kempelen.config import prefix

log = logging.getLogger("kempelen.serve")

THREADS = 8
GRACE_SECONDS = 30
SILENCE_SECONDS = 60
ONE_WISH_SECONDS = 1
# What anybody may send; files may be larger, where they are taken.
BODY_LIMIT = 10 * 10**6
# An answer of 10 MB grows on its way: quotes are escaped in JSON, and take three bytes each in a form.
ANSWER_LIMIT = 32 * 10**6
_ANSWER = re.compile(r"/work/[\w-]+/(?:submit|draft)/")
EXTERNAL_SUBMIT = "/mturk/externalSubmit"
# So much of an answer is kept in memory when it is made faster than it is taken, then making it waits.  What
# was sent stays in the buffer until so much has gone through it: waitress's 16 MB grew each thread by 25 MB.
AHEAD = 2**20


@dataclass(frozen=True)
class Limits:
    """How large, in bytes, files may be: a requester's, one of a worker's, and all of an answer's.

    `prefix` is what the server's paths begin with.
    """

    upload: int
    file: int
    files: int
    prefix: str = ""

    def of(self, path: str, content_type: str) -> int:
        """Give how large a body of a request for this path may be, with what comes beside files."""
        path = prefix.without(self.prefix, path)
        if path.startswith("/r/"):
            return max(self.upload, BODY_LIMIT)
        if path.startswith("/work/") and path.endswith("/files/"):
            return self.file + BODY_LIMIT
        if path == EXTERNAL_SUBMIT and content_type.lower().startswith("multipart/"):
            return self.files + ANSWER_LIMIT
        is_answer = path == EXTERNAL_SUBMIT or _ANSWER.fullmatch(path)
        return ANSWER_LIMIT if is_answer else BODY_LIMIT


class Parser(HTTPRequestParser):
    """A request whose body may be large only where files are uploaded."""

    path: str
    limits: Limits

    def parse_header(self, header_plus: bytes) -> None:
        """Read the header; from then on the limit is that of its path."""
        super().parse_header(header_plus)
        self.adj = copy.copy(self.adj)
        self.adj.max_request_body_size = self.limits.of(self.path, self.headers.get("CONTENT_TYPE", ""))


class WebServer:
    """Serves an application on a socket until it is told to stop."""

    def __init__(
        self,
        application: Callable[..., Iterable[bytes]],
        listening: socket.socket,
        limits: Limits,
        *,
        has_faults: bool = False,
    ) -> None:
        server = create_server(
            application,
            sockets=[listening],
            threads=THREADS,
            ident=None,
            channel_timeout=SILENCE_SECONDS,
            connection_limit=900,
            asyncore_use_poll=True,
            max_request_body_size=max(limits.upload, limits.file, limits.files) + ANSWER_LIMIT,
            outbuf_high_watermark=AHEAD,
            # `kempelen.config.proxies` decides whom to believe.
            clear_untrusted_proxy_headers=False,
        )
        assert isinstance(server, BaseWSGIServer)
        parser = type("LimitedParser", (Parser,), {"limits": limits})
        self._can_hold = has_faults
        channel = faults.FaultyChannel if has_faults else HTTPChannel
        server.channel_class = type("Channel", (channel,), {"parser_class": parser})
        self._server = server
        # What the loop looks at: the socket, what wakes it, and every connection.
        self._map: Any = server._map  # type: ignore[attr-defined]  # missing in the stubs
        # Connections with an answer to take: since when they took nothing, and their last activity then.
        self._waiting: dict[Any, tuple[float, float]] = {}
        self._is_stopping = False
        self._stopping_since = 0.0

    def run(self) -> None:
        """Serve until SIGTERM or Ctrl-C; then finish what has begun. A later signal ends it at once."""
        for number in (signal.SIGTERM, signal.SIGINT):
            # One that is ignored stays so: the process that looks after this one hears it, or a shell does.
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._on_signal)
        looked_at = time.monotonic()
        while not self._is_stopping:
            self._turn(self._patience())
            if time.monotonic() - looked_at > SILENCE_SECONDS / 4:
                looked_at = time.monotonic()
                self._drop_stalled_readers()
        self._finish()

    def stop(self) -> None:
        """Take no more connections and return from `run` when all answers are out."""
        self._is_stopping = True
        self._stopping_since = time.monotonic()
        self._server.pull_trigger()

    def _on_signal(self, number: int, frame: object) -> None:
        if not self._is_stopping:
            self.stop()
        # A service manager signals all processes, and the parent signals its own once more: that is one wish.
        elif time.monotonic() - self._stopping_since > ONE_WISH_SECONDS:
            raise SystemExit(1)

    def _turn(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._map, count=1)

    def _patience(self) -> float:
        if not self._can_hold:
            return 1
        return faults.seconds_until_due(self._channels(), at_most=1)

    def _finish(self) -> None:
        # Who connected before the signal is still let in.
        self._turn(0)
        wasyncore.dispatcher.close(self._server)
        give_up_at = time.monotonic() + GRACE_SECONDS
        while self._busy_channels() and time.monotonic() < give_up_at:
            self._turn(0.05)
        if busy := self._busy_channels():
            log.warning("Stopped after %s seconds with %s requests unfinished.", GRACE_SECONDS, len(busy))
        self._server.task_dispatcher.shutdown(cancel_pending=True, timeout=1)

    def _channels(self) -> list[Any]:
        channels: Any = self._server.active_channels
        return list(channels.values())

    def _busy_channels(self) -> list[Any]:
        """Connections with a request at work or an answer not yet sent; the others are let go."""
        busy = []
        for channel in self._channels():
            if channel.requests or channel.total_outbufs_len:
                busy.append(channel)
            else:
                channel.will_close = True
        return busy

    def _drop_stalled_readers(self) -> None:
        """Close connections that take nothing of their answer: each would hold a thread for ever."""
        now = time.monotonic()
        waiting: dict[Any, tuple[float, float]] = {}
        for channel in self._channels():
            if not channel.total_outbufs_len:
                continue
            # Counted from when the answer stood ready: making it may have taken longer.
            since, activity = self._waiting.get(channel, (now, channel.last_activity))
            if activity != channel.last_activity:
                since = now
            if now - since > SILENCE_SECONDS:
                channel.handle_close()
            else:
                waiting[channel] = since, channel.last_activity
        self._waiting = waiting
