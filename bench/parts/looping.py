"""The whole loop: accept, page, submit, again and again, by many workers on one batch."""

import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bench.browsing import Browser
from bench.figures import Figure
from bench.parts.requests import together, workers_of
from bench.site import Site
from bench.systems import Batch, System, Task
from bench.watching import Watch

PART = "loop"
ROWS = 5_000
SECONDS = 8.0


@dataclass
class _Worker:
    """One worker, with what the server has acknowledged."""

    system: System
    browser: Browser
    batch: Batch
    task: Task | None = None
    acknowledged: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def __call__(self) -> tuple[float, str]:
        """Do one task: seconds, and what went wrong."""
        started = time.perf_counter()
        if self.task is None:
            taken = self.system.accept(self.browser, self.batch)
            if taken.task is None:
                return taken.seconds, taken.problem
            self.task = taken.task
        task, self.task = self.task, None
        page = self.system.page(self.browser, task)
        if page.status != 200:
            return page.seconds, f"page: {page.status}"
        answer = secrets.token_hex(8)
        sent = self.system.submit(self.browser, task, answer)
        (self.refused if sent.problem else self.acknowledged).append(answer)
        self.task = sent.following
        return time.perf_counter() - started, sent.problem


def measure(
    site: Site, crowds: Sequence[int], rows: int = ROWS, seconds: float = SECONDS
) -> Iterator[Figure]:
    """Measure by turns for each number of workers."""
    for crowd in crowds:
        for system in site.systems:
            yield _loop(site, system, crowd, rows, seconds)


def _loop(site: Site, system: System, crowd: int, rows: int, seconds: float) -> Figure:
    system.hide_all()
    batch = system.seed(rows)
    workers = [_Worker(system, system.worker(number), batch) for number in range(crowd)]
    with Watch(*system.pids) as watch:
        times, problems, took = together(workers, seconds)
    audit = system.audit(batch)
    acknowledged = [answer for worker in workers for answer in worker.acknowledged]
    stored = set(audit.answers)
    wrong = [problem for problem in problems if problem and problem != "none left"]
    wrong += ["answer lost"] * len(set(acknowledged) - stored)
    wrong += ["work doubled"] * audit.doubled + ["task stuck"] * audit.stuck
    refused = {answer for worker in workers for answer in worker.refused}
    wrong += ["refused, yet stored"] * len(refused & stored)
    good = [one for one, problem in zip(times, problems, strict=True) if not problem]
    figure = Figure(PART, workers_of(crowd), system.name, site.database).took(good)
    figure.per_second = len(acknowledged) / took
    figure.note = f"{rows:,} tasks"
    return figure.used(watch.use, len(acknowledged)).missed(wrong)
