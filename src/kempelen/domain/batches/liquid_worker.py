"""The process that fills Liquid templates for a server's process, and may come to harm by it.

A template that computes for too long is told so where Python can be interrupted, and else ends the process;
the kernel sees to that, whatever is going on.  Memory has a bound too.  The process knows no database, and
nothing of the server's surroundings.
"""

import gc
import resource
import signal
import sys
from contextlib import suppress
from types import FrameType

import msgspec

from kempelen.domain.batches import liquid_engine
from kempelen.domain.batches.liquid_engine import Trouble
from kempelen.domain.batches.liquid_messages import (
    SECONDS,
    TOO_LONG,
    Asked,
    Told,
    read_message,
    write_message,
)

SECONDS_BEFORE_THE_END = 1.5
SECONDS_BY_THE_CLOCK = 60.0
MEMORY_BYTES = 2 * 1024**3


class _TookTooLong(BaseException):
    """No `Exception`, since what a template does may not catch it."""


def main() -> None:
    """Answer what is asked on standard input until it ends."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    _limit()
    decoder, encoder = msgspec.msgpack.Decoder(Asked), msgspec.msgpack.Encoder()
    while (message := read_message(source)) is not None:
        told = _told(decoder.decode(message))
        write_message(target, encoder.encode(told))


def _limit() -> None:
    with suppress(ValueError, OSError):  # less may be allowed already
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.signal(signal.SIGVTALRM, _interrupt)
    gc.freeze()


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise _TookTooLong


def _told(asked: Asked) -> Told:
    try:
        signal.setitimer(signal.ITIMER_REAL, SECONDS_BY_THE_CLOCK)
        signal.setitimer(signal.ITIMER_PROF, SECONDS_BEFORE_THE_END)
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            return _answer(asked)
        finally:
            for timer in (signal.ITIMER_VIRTUAL, signal.ITIMER_PROF, signal.ITIMER_REAL):
                signal.setitimer(timer, 0)
    except Trouble as trouble:
        return Told(trouble=str(trouble), line=trouble.line)
    except _TookTooLong as late:
        return Told(trouble=TOO_LONG, line=liquid_engine.line_of(late, asked.html))
    except (MemoryError, RecursionError):
        return Told(trouble="it takes too much memory")


def _answer(asked: Asked) -> Told:
    if asked.row is None:
        columns, filters = liquid_engine.used_in(asked.html)
        return Told(columns=columns, filters=filters)
    return Told(page=liquid_engine.filled(asked.html, asked.row, asked.s3_address))


if __name__ == "__main__":
    main()
