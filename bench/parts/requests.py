"""The pages that workers spend their time on, asked for by one and by eight at once."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence

from bench.browsing import Browser
from bench.figures import Figure
from bench.inside import bare_key
from bench.site import Site
from bench.systems import Batch, System, Task
from bench.watching import Use, Watch

WORKERS = (1, 8)
SECONDS = 2.5
# So many tasks are taken before they are submitted.
_TASKS = {1: 120, 8: 40}
# A page is two requests: ours around, and the task in its frame.
REQUESTS_PER_PAGE = 2


def measure(site: Site, seconds: float = SECONDS) -> Iterator[Figure]:
    """Measure by turns for each number of workers: the page, submitting, and the bare view."""
    for workers in WORKERS:
        for system in site.systems:
            yield from _page_and_submit(site, system, workers, seconds)
        browsers = [Browser(site.bare.url, bare_key.KEY) for _ in range(workers)]
        for part, ask in (("page", _bare_get), ("submit", _bare_post)):
            with Watch(site.bare.pid) as watch:
                done = together([_calls(ask, browser) for browser in browsers], seconds)
            yield _figure(part, workers, "bare view", site, done, watch.use)


def _page_and_submit(site: Site, system: System, workers: int, seconds: float) -> Iterator[Figure]:
    batch = system.seed(workers * (_TASKS[workers] + 1))
    browsers = [system.worker(number) for number in range(workers)]
    taken = [_take(system, browser, batch, _TASKS[workers]) for browser in browsers]
    with Watch(*system.pids) as watch:
        pages = [_pages(system, browser, tasks[0]) for browser, tasks in zip(browsers, taken, strict=True)]
        done = together(pages, seconds)
    figure = _figure("page", workers, system.name, site, done, watch.use)
    figure.per_second *= REQUESTS_PER_PAGE
    yield figure
    # Only submitting: whether the next task is accepted at once is another matter.
    system.accept_next_at_once(wanted=False)
    with Watch(*system.pids) as watch:
        submits = [_submits(system, browser, tasks) for browser, tasks in zip(browsers, taken, strict=True)]
        done = together(submits, 10 * seconds)
    yield _figure("submit", workers, system.name, site, done, watch.use)
    system.accept_next_at_once(wanted=True)


def _take(system: System, browser: Browser, batch: Batch, count: int) -> list[Task]:
    tasks = [task for _ in range(count) if (task := system.accept(browser, batch).task)]
    assert tasks, f"{system.name} gives no tasks"
    return tasks


def _pages(system: System, browser: Browser, task: Task) -> Callable[[], tuple[float, str]]:
    def ask() -> tuple[float, str]:
        reply = system.page(browser, task)
        return reply.seconds, "" if reply.status == 200 else f"page: {reply.status}"

    return ask


def _submits(system: System, browser: Browser, tasks: list[Task]) -> Callable[[], tuple[float, str]]:
    def send() -> tuple[float, str]:
        if not tasks:
            return 0.0, "none left"
        sent = system.submit(browser, tasks.pop(), "good enough")
        return sent.seconds, sent.problem

    return send


def _calls(ask: Callable[[Browser], int], browser: Browser) -> Callable[[], tuple[float, str]]:
    def call() -> tuple[float, str]:
        started = time.perf_counter()
        status = ask(browser)
        return time.perf_counter() - started, "" if status == 200 else f"bare: {status}"

    return call


def _bare_get(browser: Browser) -> int:
    return browser.get("/bare/").status


def _bare_post(browser: Browser) -> int:
    return browser.send("/bare/", b'{"fields": []}', "application/json").status


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


def _figure(
    part: str, workers: int, who: str, site: Site, done: tuple[list[float], list[str], float], use: Use
) -> Figure:
    seconds, problems, took = done
    good = [one for one, problem in zip(seconds, problems, strict=True) if not problem]
    figure = Figure(part, workers_of(workers), who, site.database).took(good).used(use, len(good))
    figure.per_second = len(good) / took
    return figure.missed(problem for problem in problems if problem != "none left")


def workers_of(count: int) -> str:
    """Name a number of workers."""
    return f"{count} worker" if count == 1 else f"{count} workers"
