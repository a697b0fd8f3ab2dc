"""Turkle 3.1.0, from PyPI into an environment of its own, behind gunicorn with as many processes as ours."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.browsing import Browser, Download, Reply
from bench.systems import Audit, Batch, Place, Published, Sent, Taken, Task, programs
from bench.systems.kempelen import PROCESSES, WORKERS

VERSION = "3.1.0"
_THREADS = 4
_NEEDS = (f"turkle=={VERSION}", "gunicorn", "whitenoise", "psycopg2-binary", "dj-database-url")
_WORK = re.compile(r"/task/(\d+)/assignment/(\d+)/")


def install(folder: Path) -> Path:
    """Make the environment; gives its Python."""
    python = folder / "bin" / "python"
    pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([python, *pip, *_NEEDS], check=True, stderr=subprocess.PIPE)
    return python


class Turkle:
    """A server with a store of its own, as its Docker image runs it but for the number of processes."""

    name = "Turkle"

    def __init__(self, place: Place, python: Path) -> None:
        self.database = place.database
        folder = Path(place.folder)
        environment = programs.clean_environment() | {
            "DJANGO_SETTINGS_MODULE": "bench.systems.turkle_settings",
            "BENCH_FOLDER": str(folder),
            "PYTHONPATH": str(programs.ROOT),
            "PYTHONWARNINGS": "ignore",
        }
        if place.database_url:
            environment["BENCH_DATABASE_URL"] = place.database_url
        self.inside = programs.Inside(python, "bench.inside.turkle", environment, folder)
        self.inside.ask("migrate")
        address = f"127.0.0.1:{programs.free_port()}"
        self.program = programs.Program(
            f"{python.with_name('gunicorn')} --bind {address} --workers {PROCESSES} --threads {_THREADS} "
            "--timeout 600 django.core.wsgi:get_wsgi_application()".split(),
            url=f"http://{address}",
            folder=folder,
            environment=environment,
        )
        self.pids = (self.program.pid, *place.database_pids)
        self.sessions: dict[str, Any] = self.inside.ask("prepare", workers=WORKERS)

    def worker(self, number: int) -> Browser:
        """A worker's browser."""
        return Browser(self.program.url, self.sessions["workers"][number])

    def publish(self, rows: int, csv: bytes) -> Published:
        """Make a batch by the API, which publishes it at once."""
        batch = {"name": "bench", "project": self.sessions["project"], "filename": "bench.csv"}
        body = json.dumps(batch | {"csv_text": csv.decode()}).encode()
        browser = _requester(self.program.url, self.sessions["token"])
        reply = browser.send("/api/batches/", body, "application/json")
        problem = "" if reply.status == 201 else f"publish: {reply.status}"
        return Published(reply.seconds, reply.seconds, problem)

    def seed(self, rows: int, *, is_answered: bool = False, count: int = 1, places: int = 1) -> Batch:
        """Make batches in the store."""
        made = self.inside.ask("seed", rows=rows, is_answered=is_answered, count=count, places=places)
        self.inside.ask("settle")
        return Batch(str(made), rows)

    def accept(self, browser: Browser, batch: Batch) -> Taken:
        """Accept the next task; what hinders it is told on the front page."""
        reply = browser.get(f"/batch/{batch.id}/accept_next_task/")
        found = _WORK.fullmatch(reply.location)
        if found:
            return Taken(reply.seconds, Task(f"{found[1]} {found[2]}"))
        if reply.status != 302:
            return Taken(reply.seconds, problem=f"accept: {reply.status}")
        said = browser.get("/").text
        problem = "accept: busy" if "database is busy" in said else "accept: sent home"
        return Taken(reply.seconds, problem="none left" if "No more Tasks" in said else problem)

    def page(self, browser: Browser, task: Task) -> Reply:
        """Fetch the page, and the task in its frame."""
        number, assignment = task.id.split()
        outer = browser.get(f"/task/{number}/assignment/{assignment}/")
        query = f"assignmentId={assignment}&hitId={number}"
        framed = browser.get(f"/task/{number}/assignment/iframe/{assignment}/?{query}")
        status = framed.status if outer.status == 200 else outer.status
        return Reply(status, "", outer.body + framed.body, outer.seconds + framed.seconds)

    def submit(self, browser: Browser, task: Task, answer: str) -> Sent:
        """Send the form; Turkle then leads to the address that accepts the next task."""
        number, assignment = task.id.split()
        fields = {"csrfmiddlewaretoken": browser.token, "rating": "good", "answer": answer}
        reply = browser.post(f"/task/{number}/assignment/{assignment}/", fields)
        if reply.status == 302 and "accept_next_task" in reply.location:
            return Sent(reply.seconds)
        return Sent(reply.seconds, problem=f"submit: {reply.status}")

    def accept_next_at_once(self, *, wanted: bool) -> None:
        """Turkle accepts by a request of its own."""

    def home(self, browser: Browser) -> Reply:
        """Look at the list of batches."""
        return browser.get("/")

    def export(self, batch: Batch) -> Download:
        """Fetch the results by the API."""
        browser = _requester(self.program.url, self.sessions["token"])
        return browser.download(f"/api/batches/{batch.id}/results/")

    def audit(self, batch: Batch) -> Audit:
        """Ask the store."""
        return Audit(**self.inside.ask("audit", batch=int(batch.id)))

    def hide_all(self) -> None:
        """Make every batch inactive."""
        self.inside.ask("hide_all")

    def stop(self) -> None:
        """End the server."""
        self.inside.stop()
        self.program.stop()


def _requester(url: str, token: str) -> Browser:
    """Give a program with an API key; it has no cookies, so the key goes along as a header."""
    return Browser(url, headers={"Authorization": f"Token {token}"})
