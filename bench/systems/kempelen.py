"""Kempelen, as `kempelen serve` serves it."""

import json
import re
import time
from functools import cached_property
from pathlib import Path
from typing import Any

from bench.browsing import Browser, Download, Reply, multipart
from bench.systems import Audit, Batch, Place, Published, Sent, Taken, Task, programs

PROCESSES = 2
WORKERS = 33
_TASK_PAGE = re.compile(r'<iframe[^>]* src="(/content/[^"]+)"')
_PATIENCE_SECONDS = 300


class Kempelen:
    """A server with an empty data folder of its own; submitting accepts the next HIT, as Turkle does."""

    name = "Kempelen"

    def __init__(self, place: Place) -> None:
        self.database = place.database
        self.folder = Path(place.folder)
        self.environment = programs.clean_environment() | {
            "KEMPELEN_DATA_DIR": str(self.folder / "data"),
            "KEMPELEN_NEXT_HIT_ON_SUBMIT": "yes",
        }
        if place.database_url:
            self.environment["KEMPELEN_DATABASE_URL"] = place.database_url
        url = f"http://127.0.0.1:{programs.free_port()}"
        program = programs.own_python().with_name("kempelen")
        self.program = programs.Program(
            [program, "serve", "--port", url.rpartition(":")[2], "--workers", str(PROCESSES)],
            url=url,
            folder=self.folder,
            environment=self.environment,
        )
        self.pids = (self.program.pid, *place.database_pids)
        inside = self.environment | {"DJANGO_SETTINGS_MODULE": "kempelen.config.settings"}
        self.inside = programs.Inside(programs.own_python(), "bench.inside.kempelen", inside, self.folder)
        self.sessions: dict[str, Any] = self.inside.ask("prepare", workers=WORKERS)

    @cached_property
    def owner(self) -> Browser:
        """The requester's browser."""
        return Browser(self.program.url, self.sessions["owner"])

    def worker(self, number: int) -> Browser:
        """A worker's browser."""
        return Browser(self.program.url, self.sessions["workers"][number])

    def publish(self, rows: int, csv: bytes) -> Published:
        """Upload the file, publish it, and wait until its HITs are there."""
        slug, project = self.sessions["slug"], self.sessions["project"]
        uploaded = self.owner.send(f"/r/{slug}/projects/{project}/publish/", *multipart({}, "file", csv))
        if uploaded.status != 302:
            return Published(uploaded.seconds, problem=f"upload: {uploaded.status}")
        began = time.time()
        asked = self.owner.post(f"{uploaded.location}publish/")
        if asked.status != 302:
            return Published(uploaded.seconds, problem=f"publish: {asked.status}")
        number = int(uploaded.location.rstrip("/").rpartition("/")[2])
        while time.time() < began + _PATIENCE_SECONDS:
            if published := self.inside.ask("published_at", number=number):
                making = published - began
                return Published(uploaded.seconds + making, making)
            time.sleep(0.02)
        return Published(time.time() - began, problem="not published in time")

    def seed(self, rows: int, *, is_answered: bool = False, count: int = 1, places: int = 1) -> Batch:
        """Publish inside the store."""
        group, number, _ = self.inside.ask(
            "seed", rows=rows, is_answered=is_answered, count=count, places=places
        )
        return Batch(f"{group} {number}", rows)

    def accept(self, browser: Browser, batch: Batch) -> Taken:
        """Accept one more HIT of the group."""
        reply = browser.post(f"/groups/{_group(batch)}/accept/", {"another": "1"})
        task = _task_at(reply.location)
        if task is not None:
            return Taken(reply.seconds, task)
        return Taken(reply.seconds, problem="none left" if reply.status == 409 else f"accept: {reply.status}")

    def page(self, browser: Browser, task: Task) -> Reply:
        """Fetch the work page, and the task in its frame, which is asked for without cookies."""
        outer = browser.get(f"/work/{task.id}/")
        inner = _TASK_PAGE.search(outer.text)
        if inner is None:
            return Reply(outer.status or 0, "", b"", outer.seconds)
        framed = browser.get(inner[1].replace("&amp;", "&"), with_cookies=False)
        return Reply(framed.status, "", outer.body + framed.body, outer.seconds + framed.seconds)

    def submit(self, browser: Browser, task: Task, answer: str) -> Sent:
        """Send the fields as the work page does."""
        fields = json.dumps({"fields": [["rating", "good"], ["answer", answer]]}).encode()
        reply = browser.send(f"/work/{task.id}/submit/", fields, "application/json")
        if reply.status != 200:
            return Sent(reply.seconds, problem=f"submit: {reply.status}")
        said = json.loads(reply.body)
        if said["status"] != "submitted":
            return Sent(reply.seconds, problem=f"submit: {said['status']}")
        return Sent(reply.seconds, _task_at(said["next"]))

    def accept_next_at_once(self, *, wanted: bool) -> None:
        """Choose it for all workers."""
        self.inside.ask("accept_next_at_once", wanted=wanted)

    def home(self, browser: Browser) -> Reply:
        """Look at the list of work."""
        return browser.get("/")

    def export(self, batch: Batch) -> Download:
        """Download the results file."""
        number = batch.id.split()[1]
        return self.owner.download(f"/r/{self.sessions['slug']}/batches/{number}/results.csv")

    def audit(self, batch: Batch) -> Audit:
        """Ask the store."""
        return Audit(**self.inside.ask("audit", group=_group(batch)))

    def hide_all(self) -> None:
        """Pause every batch."""
        self.inside.ask("hide_all")

    def stop(self) -> None:
        """End the server."""
        self.inside.stop()
        self.program.stop()


def _group(batch: Batch) -> str:
    return batch.id.split()[0]


def _task_at(path: str) -> Task | None:
    found = re.fullmatch(r"/work/(\w+)/", path)
    return Task(found[1]) if found else None
