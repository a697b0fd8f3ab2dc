"""The pages that workers spend their time on, asked for by one and by eight at once."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bench.browsing import Browser, Reply
from bench.figures import Figure
from bench.inside import bare_key
from bench.site import Site
from bench.systems import Batch, System, Task
from bench.watching import Use, Watch

BARE, BARE_NOTHING = "bare view", "bare view that stores nothing"
WORKERS = (1, 8)
SECONDS = 1.5
# Everybody takes turns so often: a slow moment of the machine is nobody's alone.
ROUNDS = 3
# So many tasks are taken before they are submitted, a part of them in each round.
_TASKS = {1: 600, 8: 150}
_TURKLE_TASKS = {1: 120, 8: 40}
# A page is two requests: ours around, and the task in its frame.
REQUESTS_PER_PAGE = 2
# As long as what a task of the bench sends.
_FIELDS = b'{"fields": [["rating", "good"], ["answer", "good enough"]]}'
_Call = Callable[[], tuple[float, str]]


@dataclass
class _Asked:
    """What one who is measured did in all rounds: `calls` are done all at once, again and again."""

    part: str
    who: str
    pids: tuple[int, ...]
    calls: Sequence[_Call]
    requests_per_call: int = 1
    seconds: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    took: float = 0.0
    use: Use = field(default_factory=Use)

    def go_on(self, seconds: float) -> None:
        """Ask for some time."""
        with Watch(*self.pids) as watch:
            times, problems, took = together(self.calls, seconds)
        self.seconds += times
        self.problems += problems
        self.took += took
        self.use = self.use.and_then(watch.use)

    def figure(self, workers: int, site: Site) -> Figure:
        """Give what came of it."""
        good = [one for one, problem in zip(self.seconds, self.problems, strict=True) if not problem]
        figure = Figure(self.part, workers_of(workers), self.who, site.database).took(good)
        figure.per_second = len(good) * self.requests_per_call / self.took
        return figure.used(self.use, len(good)).missed(one for one in self.problems if one != "none left")


def measure(site: Site, seconds: float = SECONDS) -> Iterator[Figure]:
    """Measure by turns for each number of workers: the page, submitting, and the bare views."""
    for workers in WORKERS:
        batches = [_tasks_of(system, workers) for system in site.systems]
        pairs = list(zip(site.systems, batches, strict=True))
        yield from _in_turns(
            [*(_pages(system, hands) for system, hands in pairs), _bare(site, "page", workers)],
            workers,
            site,
            seconds,
        )
        # Only submitting: whether the next task is accepted at once is another matter.
        for system in site.systems:
            system.accept_next_at_once(wanted=False)
        bare = [_bare(site, "store", workers), _bare(site, "nothing", workers)]
        submits = [*(_submits(system, hands) for system, hands in pairs), *bare]
        yield from _in_turns(submits, workers, site, seconds)
        for system in site.systems:
            system.accept_next_at_once(wanted=True)


def _in_turns(all_asked: Sequence[_Asked], workers: int, site: Site, seconds: float) -> Iterator[Figure]:
    for _ in range(ROUNDS):
        for asked in all_asked:
            asked.go_on(seconds)
    for asked in all_asked:
        yield asked.figure(workers, site)


def _tasks_of(system: System, workers: int) -> list[tuple[Browser, list[Task]]]:
    """Give so many workers, each with tasks in hand."""
    count = (_TASKS if system.name == "Kempelen" else _TURKLE_TASKS)[workers]
    batch = system.seed(workers * (count + 1))
    browsers = [system.worker(number) for number in range(workers)]
    return [(browser, _take(system, browser, batch, count)) for browser in browsers]


def _pages(system: System, hands: list[tuple[Browser, list[Task]]]) -> _Asked:
    calls = [_page(system, browser, tasks[0]) for browser, tasks in hands]
    return _Asked("page", system.name, system.pids, calls, REQUESTS_PER_PAGE)


def _submits(system: System, hands: list[tuple[Browser, list[Task]]]) -> _Asked:
    calls = [_submit(system, browser, tasks, -(-len(tasks) // ROUNDS)) for browser, tasks in hands]
    return _Asked("submit", system.name, system.pids, calls)


def _bare(site: Site, view: str, workers: int) -> _Asked:
    """Give visitors of a bare view of this name (bench.inside.bare_views)."""
    ask: dict[str, Callable[[Browser], Reply]] = {
        "page": lambda browser: browser.get("/page/"),
        "store": lambda browser: browser.send("/store/", _FIELDS, "application/json"),
        "nothing": lambda browser: browser.send("/nothing/", _FIELDS, "application/json"),
    }
    browsers = [Browser(site.bare.url, bare_key.KEY) for _ in range(workers)]
    part, who = ("page" if view == "page" else "submit"), BARE if view != "nothing" else BARE_NOTHING
    return _Asked(part, who, site.bare_pids, [_call(ask[view], browser) for browser in browsers])


def _take(system: System, browser: Browser, batch: Batch, count: int) -> list[Task]:
    tasks = [task for _ in range(count) if (task := system.accept(browser, batch).task)]
    assert tasks, f"{system.name} gives no tasks"
    return tasks


def _page(system: System, browser: Browser, task: Task) -> _Call:
    def ask() -> tuple[float, str]:
        reply = system.page(browser, task)
        return reply.seconds, "" if reply.status == 200 else f"page: {reply.status}"

    return ask


def _submit(system: System, browser: Browser, tasks: list[Task], at_once: int) -> _Call:
    """Give what submits the tasks, so many in a round."""
    pauses_at = [len(tasks)]

    def send() -> tuple[float, str]:
        if not tasks or len(tasks) <= pauses_at[0] - at_once:
            pauses_at[0] = len(tasks)
            return 0.0, "none left"
        sent = system.submit(browser, tasks.pop(), "good enough")
        return sent.seconds, sent.problem

    return send


def _call(ask: Callable[[Browser], Reply], browser: Browser) -> _Call:
    def call() -> tuple[float, str]:
        reply = ask(browser)
        return reply.seconds, "" if reply.status == 200 else f"bare: {reply.status}"

    return call


def together(
    calls: Sequence[Callable[[], tuple[float, str]]], seconds: float
) -> tuple[list[float], list[str], float]:
    """Do each again and again, all at once, for so long; gives times, problems, and how long it took."""
    times: list[list[float]] = [[] for _ in calls]
    problems: list[list[str]] = [[] for _ in calls]
    end = time.monotonic() + seconds

    def go_on(number: int) -> None:
        while time.monotonic() < end:
            took, problem = calls[number]()
            times[number].append(took)
            problems[number].append(problem)
            if problem == "none left":
                return

    threads = [threading.Thread(target=go_on, args=(number,)) for number in range(len(calls))]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - started
    return [one for each in times for one in each], [one for each in problems for one in each], took


def workers_of(count: int) -> str:
    """Name a number of workers."""
    return f"{count} worker" if count == 1 else f"{count} workers"
