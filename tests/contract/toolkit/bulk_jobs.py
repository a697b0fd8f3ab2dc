"""Each command that does something to many, with a world to do it in and what has to be true in the end."""

import csv
import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from kempelen.domain.models import (
    HIT,
    Assignment,
    Event,
    HITType,
    Notice,
    Payment,
    Qualification,
    QualificationType,
    Requester,
    Worker,
    WorkerBlock,
)
from tests.contract.toolkit.conftest import TITLE, Toolkit
from tests.contract.toolkit.interrupting import Job
from tests.factories import a_project, a_submitted_assignment, a_worker

COUNT = 12
REASON = "Very careful work."
EXTERNAL = "https://tasks.example.org/who?name=${name}"


class World:
    """What a requester has at a server, made anew for each job."""

    def __init__(self, toolkit: Toolkit, requester: Requester) -> None:
        self.toolkit = toolkit
        self.folder = toolkit.folder
        self.requester = requester
        self.number = 0

    def name(self) -> str:
        """A name that nothing had before."""
        self.number += 1
        return f"batch{self.number}"

    def rows(self, name: str, count: int = COUNT) -> str:
        """Write a file of rows; gives its name."""
        lines = "".join(f"{name}-person-{row}\n" for row in range(count))
        (self.folder / f"{name}.csv").write_text(f"name\n{lines}")
        return f"{name}.csv"

    def batch(self, count: int = COUNT) -> tuple[str, list[HIT]]:
        """A batch that is published; gives its name and its HITs by row."""
        name = self.name()
        self.toolkit.run("publish", "who.html", self.rows(name, count), *TITLE)
        return name, list(map(self.hit, self.toolkit.hit_ids(name)))

    def hit(self, hit_id: str) -> HIT:
        return HIT.objects.get(public_id=hit_id)

    def answered(self, count: int = COUNT) -> tuple[str, list[Assignment]]:
        """A batch of which one worker has answered each HIT."""
        name, hits = self.batch(count)
        worker = a_worker("Cleo")
        return name, [a_submitted_assignment(worker, hit, answers={"who": "she"}) for hit in hits]

    def workers(self, count: int = COUNT) -> list[Worker]:
        """Workers whose work was approved, so that they may be written to."""
        name = self.name()
        workers = [a_worker(f"{name}-{number}") for number in range(count)]
        hits = [self.batch(1)[1][0]]
        HIT.objects.filter(pk=hits[0].pk).update(max_assignments=count, places_left=count)
        for worker in workers:
            a_submitted_assignment(worker, self.hit(hits[0].public_id))
        return workers

    def file(self, name: str, columns: list[str], rows: list[list[str]]) -> str:
        """Write a CSV; gives its name."""
        with (self.folder / name).open("w", newline="") as file:
            csv.writer(file).writerows([columns, *rows])
        return name


def published(world: World, name: str, count: int = COUNT) -> None:
    """Each row has one HIT, and the batch's file knows each."""
    there = HIT.objects.filter(requester_annotation__startswith=f"{name} row ")
    annotations = sorted(there.values_list("requester_annotation", flat=True))
    assert annotations == sorted(f"{name} row {row}" for row in range(1, count + 1))
    assert sorted(world.toolkit.hit_ids(name)) == sorted(there.values_list("public_id", flat=True))
    assert HITType.objects.filter(hits__in=there).distinct().count() == 1


def publish_template(world: World) -> Job:
    name = world.name()
    words = ("publish", "who.html", world.rows(name), *TITLE)
    return Job(words, lambda: published(world, name), COUNT)


def publish_lines(world: World) -> Job:
    name = world.name()
    lines = (json.dumps({"name": f"{name} {row}"}) for row in range(COUNT))
    (world.folder / f"{name}.jsonl").write_text("\n".join(lines))
    return Job(("publish", "who.html", f"{name}.jsonl", *TITLE), lambda: published(world, name), COUNT)


def publish_of_a_type(world: World) -> Job:
    name, (hit, *_) = world.name(), world.batch(1)[1]
    words = ("publish", "who.html", world.rows(name), "--hit-type", hit.hit_type.public_id)
    return Job(words, lambda: published(world, name), COUNT)


def publish_layout(world: World) -> Job:
    name = world.name()
    layout = a_project(world.requester, html="<p>${name}</p><input name=who>", name=name).template
    words = ("publish", f"layout:{layout.public_id}", world.rows(name), *TITLE)
    return Job(words, lambda: published(world, name), COUNT)


def publish_external(world: World) -> Job:
    name = world.name()
    return Job(("publish", EXTERNAL, world.rows(name), *TITLE), lambda: published(world, name), COUNT)


def results_csv(world: World) -> Job:
    name, done = world.answered()

    def check() -> None:
        with (world.folder / f"{name}.results.csv").open(newline="") as file:
            assert all_once(done, [row["AssignmentId"] for row in csv.DictReader(file)])
        nothing_is_left_over(world.folder)

    return Job(("results", name), check, COUNT)


def results_lines(world: World) -> Job:
    name, done = world.answered()

    def check() -> None:
        lines = map(json.loads, (world.folder / "lines.jsonl").read_text().splitlines())
        assert all_once(done, [line["AssignmentId"] for line in lines])

    return Job(("results", name, "-o", "lines.jsonl"), check, COUNT)


def results_new(world: World) -> Job:
    """What each run that came to its end has given is together each answer once."""
    name, done = world.answered()
    kept = world.folder / f"{name}.new.csv"
    taken: list[str] = []

    def check() -> None:
        # The last run gave nothing more, if the one before it had come to its end: then that one's counts.
        with kept.open(newline="") as file:
            taken.extend(row["AssignmentId"] for row in csv.DictReader(file))
        fetched = (world.folder / f"{name}.fetched.jsonl").read_text().splitlines()
        marks = [mark[1] for line in fetched for mark in json.loads(line)["fetched"]]
        assert all_once(done, marks)
        assert len(taken) == len(set(taken))

    return Job(("results", name, "--new"), check, COUNT)


def results_database(world: World, *more: str) -> Job:
    name, done = world.answered()

    def check() -> None:
        with closing(sqlite3.connect(world.folder / "results.db")) as database:
            rows = database.execute("select assignment_id from results where batch = ?", [name]).fetchall()
        assert all_once(done, [row[0] for row in rows])

    return Job(("results", name, "--to", "sqlite:///results.db", *more), check, COUNT)


def new_results_database(world: World) -> Job:
    return results_database(world, "--new")


def all_once(done: list[Assignment], ids: list[str]) -> bool:
    return sorted(ids) == sorted(one.public_id for one in done)


def nothing_is_left_over(folder: Path) -> None:
    """Parts of files are gone, but for those of runs that were killed."""
    assert len(list(folder.glob(".results-*"))) <= len(list(folder.glob("*")))


def decided(done: list[Assignment], status: str, kind: str) -> None:
    """Each has this status, came to it once, and was paid once if it was approved."""
    ids = [one.pk for one in done]
    assert set(Assignment.objects.filter(pk__in=ids).values_list("status", flat=True)) == {status}
    events = Event.objects.filter(kind=kind, assignment_pk__in=ids).values_list("assignment_pk", flat=True)
    assert sorted(events) == sorted(ids)
    paid = Payment.objects.filter(kind="reward", assignment_id__in=ids).count()
    assert paid == (len(ids) if status == "Approved" else 0)


def _deciding(world: World, words: list[str], done: list[Assignment], *, approves: bool = True) -> Job:
    status, kind = ("Approved", "AssignmentApproved") if approves else ("Rejected", "AssignmentRejected")
    return Job(words, lambda: decided(done, status, kind), 6)


def approve_batch(world: World) -> Job:
    name, done = world.answered()
    return _deciding(world, ["approve", "--batch", name], done)


def approve_ids(world: World) -> Job:
    _, done = world.answered()
    return _deciding(world, ["approve", *(one.public_id for one in done)], done)


def approve_by_rule(world: World) -> Job:
    name, done = world.answered()
    return _deciding(world, ["approve", "--batch", name, "--rule", "time:0s", "--yes"], done)


def reject_file(world: World) -> Job:
    _, done = world.answered()
    rows = [[one.public_id, "", "Not what was asked."] for one in done]
    file = world.file("reviewed.csv", ["AssignmentId", "Approve", "Reject"], rows)
    return _deciding(world, ["reject", "--file", file], done, approves=False)


def reject_ids(world: World) -> Job:
    _, done = world.answered()
    words = ["reject", *(one.public_id for one in done), "--feedback", "No."]
    return _deciding(world, words, done, approves=False)


def paid(done: list[Assignment], cents: int) -> None:
    """Each got the bonus once."""
    payments = Payment.objects.filter(kind="bonus", assignment__in=done)
    assert sorted(payments.values_list("assignment_id", flat=True)) == sorted(one.pk for one in done)
    assert set(payments.values_list("amount_cents", flat=True)) == {cents}


def bonus_ids(world: World) -> Job:
    _, done = world.answered()
    words = ("bonus", *(one.public_id for one in done), "--amount", "0.50", "--reason", REASON)
    return Job(words, lambda: paid(done, 50), 2 * COUNT)


def bonus_file(world: World) -> Job:
    _, done = world.answered()
    rows = [[one.public_id, one.worker.public_id, "0.07", REASON] for one in done]
    file = world.file("bonuses.csv", ["AssignmentId", "WorkerId", "BonusAmount", "Reason"], rows)
    return Job(("bonus", "--file", file), lambda: paid(done, 7), 2 * COUNT)


def bonus_by_rule(world: World) -> Job:
    name, done = world.answered()
    rule = ("--rule", 'expr:answer.who == "she"', "--amount", "0.10", "--reason", REASON, "--yes")
    return Job(("bonus", "--batch", name, *rule), lambda: paid(done, 10), 3 * COUNT)


def extend(world: World) -> Job:
    name, hits = world.batch()
    before = hits[0].expires_at

    def check() -> None:
        there = HIT.objects.filter(pk__in=[hit.pk for hit in hits])
        assert all((hit.expires_at - before).days in {22, 23} for hit in there)

    return Job(("extend", "--batch", name, "--for", "30d"), check, COUNT // 2)


def expire(world: World) -> Job:
    name, hits = world.batch()

    def check() -> None:
        there = HIT.objects.filter(pk__in=[hit.pk for hit in hits])
        assert {hit.status for hit in there} == {HIT.Status.REVIEWABLE}
        events = Event.objects.filter(kind="HITExpired", hit_pk__in=[hit.pk for hit in hits])
        assert Counter(events.values_list("hit_pk", flat=True)) == Counter(hit.pk for hit in hits)

    return Job(("expire", "--batch", name), check, COUNT // 2)


def delete(world: World) -> Job:
    name, hits = world.batch()
    world.toolkit.run("expire", "--batch", name)

    def check() -> None:
        there = HIT.objects.filter(pk__in=[hit.pk for hit in hits])
        assert set(there.values_list("status", flat=True)) == {HIT.Status.DISPOSED}
        events = Event.objects.filter(kind="HITDisposed", hit_pk__in=[hit.pk for hit in hits])
        assert Counter(events.values_list("hit_pk", flat=True)) == Counter(hit.pk for hit in hits)

    return Job(("delete", "--batch", name, "--yes"), check, COUNT // 2)


def add_assignments(world: World) -> Job:
    name, hits = world.batch()

    def check() -> None:
        there = HIT.objects.filter(pk__in=[hit.pk for hit in hits])
        assert set(there.values_list("max_assignments", "places_left")) == {(5, 5)}

    return Job(("add-assignments", "--batch", name, "--to", "5"), check, COUNT)


def notify(world: World) -> Job:
    """Some hundred workers, so that several calls are needed; each is written to once."""
    workers, name = world.workers(230), world.name()
    decided_by_fiat(workers)
    file = world.file("workers.csv", ["WorkerId"], [[worker.public_id] for worker in workers])
    words = ("notify", "--file", file, "--subject", name, "--message", "There is more.")

    def check() -> None:
        written = Counter(Notice.objects.filter(subject=name).values_list("worker_id", flat=True))
        assert written == Counter(worker.pk for worker in workers)

    return Job(words, check, 3)


def decided_by_fiat(workers: list[Worker]) -> None:
    """Approve all that these did, without a word to anybody."""
    for one in Assignment.objects.filter(worker__in=workers, status="Submitted"):
        HIT.objects.filter(pk=one.hit_id).update(unreviewed_count=0, reviewed_count=len(workers))
        Assignment.objects.filter(pk=one.pk).update(
            status="Approved", approved_at=one.submitted_at, auto_approval_at=None
        )


def block(world: World) -> Job:
    workers = [a_worker("Eve") for _ in range(COUNT)]
    file = world.file("bad.csv", ["WorkerId"], [[worker.public_id] for worker in workers])

    def check() -> None:
        assert WorkerBlock.objects.filter(worker__in=workers, reason=REASON).count() == COUNT

    return Job(("block", "--file", file, "--reason", REASON), check, COUNT // 2)


def unblock(world: World) -> Job:
    workers = [a_worker("Eve") for _ in range(COUNT)]
    ids = [worker.public_id for worker in workers]
    world.toolkit.run("block", *ids, "--reason", REASON)
    check = lambda: _nobody_is_blocked(workers)  # noqa: E731
    return Job(("unblock", *ids), check, 4)


def _nobody_is_blocked(workers: list[Worker]) -> None:
    assert not WorkerBlock.objects.filter(worker__in=workers).exists()


def grant(world: World) -> Job:
    """Each has it with the file's value, and was told of it once."""
    kind, workers, file = _a_type(world)

    def check() -> None:
        held = Qualification.objects.filter(qualification_type=kind, status="Granted")
        assert dict(held.values_list("worker_id", "value")) == {
            worker.pk: number for number, worker in enumerate(workers)
        }
        events = Event.objects.filter(kind="QualificationGranted", worker_pk__in=[one.pk for one in workers])
        assert Counter(events.values_list("worker_pk", flat=True)) == Counter(one.pk for one in workers)

    return Job(("qualification", "grant", kind.name, "--file", file), check, COUNT // 2)


def revoke(world: World) -> Job:
    kind, workers, file = _a_type(world)
    world.toolkit.run("qualification", "grant", kind.name, "--file", file, "--quietly")

    def check() -> None:
        assert not Qualification.objects.filter(qualification_type=kind, status="Granted").exists()
        events = Event.objects.filter(kind="QualificationRevoked", worker_pk__in=[one.pk for one in workers])
        assert Counter(events.values_list("worker_pk", flat=True)) == Counter(one.pk for one in workers)

    words = ("qualification", "revoke", kind.name, "--file", file, "--reason", REASON)
    return Job(words, check, 4)


def _a_type(world: World) -> tuple[QualificationType, list[Worker], str]:
    name = world.name()
    world.toolkit.run("qualification", "create", name)
    kind = QualificationType.objects.get(name=name)
    workers = [a_worker("Fay") for _ in range(COUNT)]
    rows = [[worker.public_id, str(number)] for number, worker in enumerate(workers)]
    return kind, workers, world.file("held.csv", ["WorkerId", "Value"], rows)


JOBS: dict[str, Callable[[World], Job]] = {
    made.__name__: made
    for made in (
        publish_template, publish_lines, publish_of_a_type, publish_layout, publish_external,
        results_csv, results_lines, results_new, results_database, new_results_database,
        approve_batch, approve_ids, approve_by_rule, reject_file, reject_ids,
        bonus_ids, bonus_file, bonus_by_rule,
        extend, expire, delete, add_assignments, notify, block, unblock, grant, revoke,
    )
}  # fmt: skip
