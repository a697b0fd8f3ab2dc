"""A HIT for each row: so many at once, each made once however often the run is interrupted.

Each call carries a UniqueRequestToken made of what is published; the server remembers it for a day and
answers a repeated one with the first HIT's id (mturk-api.md §3.5).  Which rows are done stands in the ledger.
"""

import hashlib
import json
import re
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kempelen.toolkit import ledger, stopping
from kempelen.toolkit.connection import AT_ONCE, Connection
from kempelen.toolkit.ledger import Head, Ledger, Made, Writer
from kempelen.toolkit.properties import Properties
from kempelen.toolkit.troubles import Refused, Trouble

_TOKEN_LENGTH = 64
_MADE_BEFORE = re.compile(r'HIT with ID "?([A-Z0-9]+)"? already exists', re.IGNORECASE)
# When so many rows have failed and none has been made, it is not the rows.
_FAULTS_AT_FIRST = 20


@dataclass(frozen=True)
class Plan:
    """What is to be published: rows, and what makes the members of a HIT from a row's values."""

    name: str
    properties: Properties
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    question: Callable[[Sequence[str]], dict[str, Any]]
    hit_type_id: str = ""
    # What is the same for all HITs: the template, or the external address.
    source: str = ""

    def digest(self) -> str:
        """Tell this from any other thing to publish."""
        facts = [self.name, self.source, self.hit_type_id, list(self.columns), repr(self.properties)]
        made = hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode())
        for row in self.rows:
            made.update(json.dumps(list(row), ensure_ascii=False).encode())
        return made.hexdigest()

    def cost_cents(self) -> int:
        """Give what all assignments cost if all are approved."""
        return len(self.rows) * self.properties.assignments * self.properties.cents()


@dataclass
class Outcome:
    """What became of a run: rows that failed with their reasons, and how many HITs are there now."""

    path: Path
    made: int = 0
    failed: dict[int, str] = field(default_factory=dict)
    left: int = 0


def begin(connection: Connection, plan: Plan, path: Path) -> Ledger:
    """Give the batch's ledger: the one that is there if it is of this very plan, else a new one.

    Refuses a ledger of another plan, so that no batch loses its file.
    """
    if path.exists() and path.stat().st_size:
        found = ledger.read(path)
        if found.head.digest != plan.digest() or found.head.endpoint != connection.endpoint:
            raise Trouble(
                f"{path} is of another batch: its data, its template, its properties or its server are not "
                "these. Give this one another name with --name."
            )
        return found
    hit_type_id = plan.hit_type_id
    if not hit_type_id:
        hit_type_id = connection.call("CreateHITType", **plan.properties.hit_type())["HITTypeId"]
    head = Head(
        name=plan.name,
        endpoint=connection.endpoint,
        hit_type_id=hit_type_id,
        digest=plan.digest(),
        columns=list(plan.columns),
        rows=len(plan.rows),
        reward=plan.properties.reward,
        assignments=plan.properties.assignments,
    )
    with ledger.adding(path) as writer:
        writer.begin(head)
    return ledger.read(path)


def publish(
    connection: Connection,
    plan: Plan,
    found: Ledger,
    *,
    at_once: int = AT_ONCE,
    on_made: Callable[[int], None] = lambda made: None,
) -> Outcome:
    """Make the HITs of all rows that have none yet, and note each in the ledger as soon as it is there.

    `on_made` is told how many there are.  Ctrl-C, and a server that is gone, end it after the calls that are
    under way; going on later makes the rest.
    """
    missing = iter([number for number in range(1, len(plan.rows) + 1) if number not in found.made])
    outcome = Outcome(found.path, made=len(found.made))
    run = _Run(connection, plan, found.head)
    with ledger.adding(found.path) as writer:
        try:
            with closing(run.results(missing, at_once)) as results:
                for number, hit_id, reason in results:
                    if reason:
                        outcome.failed[number] = reason
                        continue
                    _note(writer, number, hit_id, plan)
                    outcome.made += 1
                    on_made(outcome.made)
        finally:
            # What was under way when the run was ended is there, and is noted.
            for number, hit_id, reason in run.end():
                if not reason:
                    _note(writer, number, hit_id, plan)
                    outcome.made += 1
    outcome.left = len(plan.rows) - outcome.made
    return outcome


def token_of(head: Head, number: int) -> str:
    """Give the UniqueRequestToken of a row: the same for the same batch on the same server."""
    facts = f"{head.digest}\n{head.endpoint}\n{head.hit_type_id}\n{number}"
    return hashlib.sha256(facts.encode()).hexdigest()[:_TOKEN_LENGTH]


def _note(writer: Writer, number: int, hit_id: str, plan: Plan) -> None:
    writer.add(Made(number, hit_id, list(plan.rows[number - 1])))


_Result = tuple[int, str, str]


class _Run:
    """Calls in several threads; results come as they come."""

    def __init__(self, connection: Connection, plan: Plan, head: Head) -> None:
        self._connection, self._plan, self._head = connection, plan, head
        self._waiting: set[Future[_Result]] = set()
        self._is_ended = threading.Event()

    def results(self, numbers: Iterator[int], at_once: int) -> Generator[_Result]:
        """Give row, HIT id, and why there is none; raises `Unreachable` when the server is gone."""
        faults, is_any_made = 0, False
        with ThreadPoolExecutor(max_workers=at_once) as pool, stopping.noted() as stop:
            try:
                while True:
                    while len(self._waiting) < 2 * at_once and (number := next(numbers, 0)):
                        self._waiting.add(pool.submit(self._make, number))
                    if not self._waiting:
                        return
                    done, _ = wait(self._waiting, stopping.LOOK_SECONDS, return_when=FIRST_COMPLETED)
                    for future in done:
                        number, hit_id, reason = future.result()
                        yield number, hit_id, reason
                        self._waiting.discard(future)
                        faults += bool(reason)
                        is_any_made = is_any_made or not reason
                        if faults >= _FAULTS_AT_FIRST and not is_any_made:
                            raise Trouble(f"The first {faults} rows all failed; the last one: {reason}")
                    stop.check()
            finally:
                self._is_ended.set()

    def end(self) -> list[_Result]:
        """Give what was under way when the results were no longer asked for."""
        done, _ = wait(self._waiting)
        self._waiting = set()
        return [future.result() for future in done if future.exception() is None]

    def _make(self, number: int) -> _Result:
        if self._is_ended.is_set():
            return number, "", "not begun"
        members = {
            "HITTypeId": self._head.hit_type_id,
            "LifetimeInSeconds": self._plan.properties.lifetime,
            "MaxAssignments": self._plan.properties.assignments,
            "RequesterAnnotation": f"{self._head.name[:200]} row {number}",
            "UniqueRequestToken": token_of(self._head, number),
        }
        try:
            question = self._plan.question(self._plan.rows[number - 1])
        except Trouble as trouble:
            # A row that the template cannot take keeps no other back.
            return number, "", str(trouble)
        try:
            reply = self._connection.call("CreateHITWithHITType", **members, **question)
        except Refused as refused:
            if found := _MADE_BEFORE.search(str(refused)):
                return number, found[1], ""
            return number, "", str(refused)
        return number, str(reply["HIT"]["HITId"]), ""
