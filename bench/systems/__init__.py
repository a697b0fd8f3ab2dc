"""The systems that are measured, and what each has to be able to do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bench.browsing import Browser, Download, Reply

TEMPLATE = """<style>.item{border:1px solid #ccc;padding:1em}</style>
<h3>Rate the sentence</h3><p class="item">${text}</p><p>Item ${key}</p>
<p><label><input type="radio" name="rating" value="good" required> good</label>
<label><input type="radio" name="rating" value="bad"> bad</label></p>
<p><textarea name="answer" rows="3" cols="60"></textarea></p>
<p><input type="submit" value="Submit"></p>"""
COLUMNS = ("key", "text")


def row(number: int) -> tuple[str, str]:
    """The values of one row: what every system and every limit is given."""
    return f"item-{number:07d}", f'Sentence {number}: the quick brown fox, "jumping" over a lazy dog.'


def csv_of(rows: int) -> bytes:
    """A CSV file of so many rows."""
    lines = [",".join(COLUMNS)]
    for number in range(rows):
        key, text = row(number)
        lines.append(f'{key},"{text.replace(chr(34), chr(34) * 2)}"')
    return ("\n".join(lines) + "\n").encode()


@dataclass
class Task:
    """A task in a worker's hands; the id is the system's own."""

    id: str


@dataclass(frozen=True)
class Taken:
    """How an accept went: seconds, and the task, or what hindered it (`none left` is no error)."""

    seconds: float
    task: Task | None = None
    problem: str = ""


@dataclass(frozen=True)
class Sent:
    """How a submission went; `following` is the next task, if submitting accepts it."""

    seconds: float
    following: Task | None = None
    problem: str = ""


@dataclass(frozen=True)
class Published:
    """How publishing went: the whole, and of that the making of tasks where it can be told apart."""

    seconds: float
    making_seconds: float = 0.0
    problem: str = ""


@dataclass(frozen=True)
class Batch:
    """Tasks that were made in the store, without being measured; two workers do each task.

    All have one answer: the first half by `half_done`, the second by another worker.
    """

    id: str
    rows: int


@dataclass(frozen=True)
class Audit:
    """What the store holds of a batch's assignments afterwards."""

    answers: Sequence[str] = ()
    doubled: int = 0
    stuck: int = 0


class System(Protocol):
    """A running system of one kind on one database."""

    name: str
    database: str
    # The processes to watch: the server's, and the database's if it is one of its own.
    pids: tuple[int, ...]

    def worker(self, number: int) -> Browser:
        """A browser in which this worker is logged in."""

    def publish(self, rows: int, csv: bytes) -> Published:
        """Make a batch from a CSV as a requester does, until workers can work on it."""

    def seed(self, rows: int, *, is_answered: bool = False, count: int = 1, places: int = 1) -> Batch:
        """Make batches straight in the store; gives the last."""

    def accept(self, browser: Browser, batch: Batch) -> Taken:
        """Accept the batch's next task."""

    def page(self, browser: Browser, task: Task) -> Reply:
        """Fetch all that a browser needs to show the task: the page and its frame."""

    def submit(self, browser: Browser, task: Task, answer: str) -> Sent:
        """Submit an answer."""

    def accept_next_at_once(self, *, wanted: bool) -> None:
        """Whether submitting accepts the next task too, where that can be chosen."""

    def home(self, browser: Browser) -> Reply:
        """Look at the worker's first page."""

    def export(self, batch: Batch) -> Download:
        """Fetch the results as CSV."""

    def audit(self, batch: Batch) -> Audit:
        """Look in the store what became of the batch."""

    def hide_all(self) -> None:
        """Leave no batch visible to workers."""

    def stop(self) -> None:
        """End the server, with all its data."""


@dataclass
class Place:
    """Where a system may keep things, and on which database: a URL for PostgreSQL, none for SQLite."""

    folder: str
    database: str
    database_url: str = ""
    database_pids: tuple[int, ...] = field(default_factory=tuple)
