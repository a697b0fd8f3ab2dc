"""Ends a command in the midst of its calls, by Ctrl-C, a kill or a lost network, and goes on as people do.

Where it happens is a number of the call and whether the server had answered it; both come from a seed, so
that each blow lands within the run.
"""

import random
import signal
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import count

from tests.contract.toolkit.conftest import Toolkit
from tests.contract.toolkit.gate import Fate, Gate
from tests.servers import Server

# The network is gone for good then: no use in waiting long.
_TRIES = {"AWS_MAX_ATTEMPTS": "2"}
_ENDS = 120
_RUNS = count(1)


class Blow(Enum):
    """What befalls a command."""

    CTRL_C = "Ctrl-C"
    TERM = "SIGTERM"
    KILL = "SIGKILL"
    SERVER_GONE = "the server killed, and started again"
    ANSWER_LOST = "an answer lost, and asked for again by the client"


_SIGNALS = {Blow.CTRL_C: signal.SIGINT, Blow.TERM: signal.SIGTERM, Blow.KILL: signal.SIGKILL}
# With which exit status a command may end after a blow; 0 where it had come to its end.
STATUSES = {
    Blow.CTRL_C: {0, 130},
    Blow.TERM: {0, 143},
    Blow.KILL: {-9},
    Blow.SERVER_GONE: {0, 1},
    Blow.ANSWER_LOST: {0},
}


@dataclass
class Job:
    """A command, and what has to be true when it has come to its end, however often it was ended before."""

    words: Sequence[str]
    check: Callable[[], None]
    # How many calls a run makes at least; blows fall within them.
    calls: int


@dataclass
class Interrupter:
    """Runs commands through the gate, and interrupts them."""

    toolkit: Toolkit
    gate: Gate
    server: Server
    dice: random.Random
    struck: Counter[Blow] = field(default_factory=Counter)

    def interrupt(self, job: Job, times: int) -> int:
        """Interrupt it so often, less if it comes to its end before, then let it end; gives how often."""
        landed = 0
        while landed < times:
            blow = self.dice.choices(list(Blow), weights=(5, 4, 5, 2, 2))[0]
            at, is_answered = self.dice.randint(1, job.calls), self.dice.random() < 0.5
            status, said = self._run(job, blow, at, is_answered=is_answered)
            if self.gate.has_struck:
                landed += 1
                self.struck[blow] += 1
                told = f"{blow.value} at call {at}, answered: {is_answered}: status {status}\n{said}"
                assert status in STATUSES[blow], told
                assert "Traceback" not in said, told
            else:
                assert status == 0, said
            if status == 0:
                break
        self.finish(job)
        return landed

    def finish(self, job: Job) -> None:
        """Run it undisturbed to its end, as somebody does who saw it interrupted; then all has to be true."""
        self.gate.wait_for(None)
        self.toolkit.run(*job.words)
        job.check()

    def _run(self, job: Job, blow: Blow, at: int, *, is_answered: bool) -> tuple[int, str]:
        begun = threading.Event()
        process: subprocess.Popen[bytes] | None = None

        def befall() -> bool:
            begun.wait(_ENDS)
            assert process
            if blow is Blow.SERVER_GONE:
                self.server.kill()
            elif blow in _SIGNALS:
                process.send_signal(_SIGNALS[blow])
                if blow is Blow.KILL:
                    process.wait(_ENDS)
            # Who is asked to end waits for the calls that are under way.
            return blow in {Blow.CTRL_C, Blow.TERM}

        run = f"app/run{next(_RUNS)}."
        self.gate.wait_for(Fate(at, is_answered, befall), run=run)
        environment = self.toolkit.environment | {"AWS_SDK_UA_APP_ID": run.removeprefix("app/")}
        environment |= _TRIES if blow is not Blow.ANSWER_LOST else {}
        process = self.toolkit.start(*job.words, environment=environment)
        begun.set()
        said, _ = process.communicate(timeout=_ENDS)
        if blow is Blow.SERVER_GONE and self.gate.has_struck:
            self.server.start()
        return process.returncode, said.decode()
