"""Turkle's tasks as HITs, with their assignments: page by page, each whole or not at all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kempelen.domain.actions import row_hits
from kempelen.domain.ids import new_ids
from kempelen.domain.models import HIT, Assignment, Batch, EarlierAnswer, HITGroup, Project
from kempelen.turkle_import import happened
from kempelen.turkle_import.ledger import Kind
from kempelen.turkle_import.places import Task, Written, assignment_of, inputs_of
from kempelen.turkle_import.run import Run
from kempelen.turkle_import.tables import ASSIGNMENTS, BATCHES, TASKS, Row
from kempelen.turkle_import.workers import Workers

PAGE = 500
_HIT_FIELDS = (
    "max_assignments",
    "places_left",
    "pending_count",
    "unreviewed_count",
    "reviewed_count",
    "status",
    "expired_at",
)
_ASSIGNMENT_FIELDS = ("status", "answers", "submitted_at", "auto_approval_at", "approved_at", "corrected_at")
OnProgress = Callable[[int], None]


@dataclass
class Queue:
    """A batch that takes HITs: its rows here, and Turkle's."""

    batch: Batch
    group: HITGroup
    row: Row
    expires_at: datetime
    count: int = 0

    def next_hit(self, inputs: dict[str, str], public_id: str) -> HIT:
        """Make the HIT of a further row, without writing it."""
        batch, group = self.batch, self.group
        self.count += 1
        batch.row_count += 1
        batch.published_count += 1
        batch.columns = list(dict.fromkeys([*batch.columns, *inputs]))
        seq, group.next_seq = group.next_seq, group.next_seq + 1
        return HIT(
            public_id=public_id,
            requester_id=batch.requester_id,
            hit_type_id=group.hit_type_id,
            group_id=group.pk,
            template_version_id=batch.template_version_id,
            inputs=inputs,
            row_number=batch.row_count,
            max_assignments=batch.max_assignments,
            places_left=batch.max_assignments,
            seq=seq,
            shuffled_seq=seq,
            requester_annotation=row_hits.annotation_of(batch),
            lifetime_seconds=batch.lifetime_seconds,
            created_at=self.row["created_at"],
            expires_at=self.expires_at,
        )


@dataclass
class Page:
    """A page of tasks while it is worked through."""

    run: Run
    workers: Workers
    queues: dict[int, Queue]
    tasks: dict[int, Task] = field(default_factory=dict)
    new: dict[int, HIT] = field(default_factory=dict)
    written: Written = field(default_factory=Written)


def bring_tasks(run: Run, on_progress: OnProgress | None = None) -> None:
    """Make a HIT of each task, and an assignment of each that was done or is still in hand."""
    workers, done = Workers(run), 0
    for rows in TASKS.pages(run.source, size=PAGE):
        with run.together():
            _bring_page(run, workers, rows)
        done += len(rows)
        if on_progress is not None:
            on_progress(done)


def _bring_page(run: Run, workers: Workers, rows: list[Row]) -> None:
    queues = _queues(run, {row["batch_id"] for row in rows})
    page = Page(run, workers, queues)
    known = run.ledger.ours(Kind.TASK, [row["id"] for row in rows])
    run.report.known["tasks"] += len(known)
    _find_known(page, known)
    for row, public_id in zip(rows, new_ids(len(rows)), strict=True):
        queue = queues.get(row["batch_id"])
        if queue is not None and row["id"] not in known:
            hit = queue.next_hit(inputs_of(row["input_csv_fields"]), public_id)
            page.new[row["id"]] = hit
            page.tasks[row["id"]] = Task(hit, {})
    run.report.brought["tasks"] += len(page.new)
    found = ASSIGNMENTS.of(run.source, "task_id", sorted(page.tasks))
    workers.learn(found)
    known_assignments = run.ledger.ours(Kind.ASSIGNMENT, [row["id"] for row in found])
    batches = {row["id"]: row["batch_id"] for row in rows}
    for row in found:
        _bring_assignment(page, row, known_assignments, queues[batches[row["task_id"]]])
    for row in rows:
        _settle(page, row)
    if not run.is_trial:
        _write(page)


def _queues(run: Run, turkle_pks: set[int]) -> dict[int, Queue]:
    """Give the batches that take HITs from Turkle, locked; those left out are not among them."""
    ours = run.ledger.ours(Kind.BATCH, turkle_pks)
    rows = {row["id"]: row for row in BATCHES.of(run.source, "id", sorted(ours))}
    if run.is_trial:
        known = Batch.objects.filter(pk__in=ours.values()).select_related("hit_group").in_bulk()
        return {pk: queue for pk in rows if (queue := _trial_queue(run, known.get(ours[pk]), rows[pk]))}
    groups = HITGroup.objects.select_for_update().filter(batch__in=ours.values()).order_by("pk").in_bulk()
    batches = Batch.objects.select_related("project").filter(
        pk__in=ours.values(), hit_group__in=groups, csv_file=""
    )
    queues = {batch.pk: batch for batch in batches.select_for_update(of=("self",)).order_by("pk")}
    return {
        theirs: _queue(run, queues[pk], groups[queues[pk].hit_group_id or 0], rows[theirs])
        for theirs, pk in ours.items()
        if pk in queues and theirs in rows
    }


def _queue(run: Run, batch: Batch, group: HITGroup, row: Row) -> Queue:
    """Turkle's tasks do not expire; here they are given out for as long as is possible, from now on."""
    return Queue(batch, group, row, run.now + timedelta(seconds=batch.lifetime_seconds))


def _trial_queue(run: Run, batch: Batch | None, row: Row) -> Queue | None:
    """Give what would take a batch's HITs: the batch that is here, or one that only stands for it."""
    if batch is None:
        if not row["published"]:
            return None
        places = max(1, row["assignments_per_task"])
        batch = Batch(number=0, project=Project(number=0), max_assignments=places)
    return Queue(batch, batch.hit_group or HITGroup(), row, run.now) if not batch.csv_file else None


def _find_known(page: Page, known: dict[int, int]) -> None:
    """Read the HITs that are here already, locked, with whoever has a place on them."""
    hits = HIT.objects.filter(pk__in=known.values()).order_by("pk")
    by_pk = {hit.pk: hit for hit in (hits if page.run.is_trial else hits.select_for_update())}
    places: dict[int, dict[int, Assignment]] = {}
    held = Assignment.objects.filter(hit__in=by_pk, status__in=Assignment.LIVE_OR_DONE)
    for assignment in held if page.run.is_trial else held.select_for_update():
        places.setdefault(assignment.hit_id, {})[assignment.worker_id] = assignment
    for theirs, ours in known.items():
        if ours in by_pk:
            page.tasks[theirs] = Task(by_pk[ours], places.get(ours, {}))


def _bring_assignment(page: Page, row: Row, known: dict[int, int], queue: Queue) -> None:
    """Make the assignment of a row, or its answer of one that was in hand when it was brought."""
    run, task = page.run, page.tasks[row["task_id"]]
    thing = "answers" if row["completed"] else "tasks in hand"
    visitor = len([one for one in task.by_worker if page.workers.is_visitor(one)]) + 1
    ours = known.get(row["id"])
    if ours is not None:
        _bring_known(page, task, row, ours)
        return
    deadline_at = row["expires_at"] or row["created_at"] + timedelta(
        hours=queue.row["allotted_assignment_time"]
    )
    problem = "" if row["completed"] else _not_in_hand(row, deadline_at, run.now)
    if problem:
        run.report.leave_out(thing, problem)
        return
    worker_pk = page.workers.of(row, visitor)
    if worker_pk is None:
        run.report.leave_out(thing, "is of a user who was left out", f"assignment {row['id']}")
        return
    had = task.by_worker.get(worker_pk)
    if had is not None:
        _bring_double(page, task, row, had)
        return
    assignment = assignment_of(row, task.hit, worker_pk, deadline_at, run.now)
    run.report.brought[thing] += 1
    if assignment.answers == {}:
        run.report.note("answer has no field: it is brought as an empty one", f"assignment {row['id']}")
    if task.add(assignment):
        run.report.note(
            "task had more answers than it asked for; its HIT has as many places", f"task {row['task_id']}"
        )
    page.written.assignments[row["id"]] = assignment


def _not_in_hand(row: Row, deadline_at: datetime, now: datetime) -> str:
    """Say why an assignment without an answer is not brought; nothing if it is."""
    if deadline_at <= now:
        return "had expired: its place is given out again"
    if row["assigned_to_id"] is None:
        return "was in hand of a visitor without an account, whom nobody could know again here"
    return ""


def _bring_known(page: Page, task: Task, row: Row, our_pk: int) -> None:
    """Bring the answer of an assignment that was in hand when it was brought, or know it for old."""
    thing = "answers" if row["completed"] else "tasks in hand"
    ours = next((one for one in task.by_worker.values() if one.pk == our_pk), None)
    if ours is None or not row["completed"] or ours.status != Assignment.Status.ACCEPTED:
        page.run.report.known[thing] += 1
        return
    task.finish(ours, row, page.run.now)
    page.run.report.brought["answers"] += 1
    page.written.changed.append(ours)


def _bring_double(page: Page, task: Task, row: Row, had: Assignment) -> None:
    """Keep the second answer of one worker to one task: the later counts, the earlier is kept beside it."""
    if not row["completed"]:
        page.run.report.leave_out("tasks in hand", "was in hand of a worker who has the task already")
        return
    if had.status == Assignment.Status.ACCEPTED:
        task.finish(had, row, page.run.now)
        if had.pk:
            page.written.changed.append(had)
    else:
        page.run.report.note(
            "was a worker's second answer to one task: the first is kept as an earlier one",
            f"task {row['task_id']}",
        )
        second = assignment_of(row, task.hit, had.worker_id, had.deadline_at, page.run.now)
        page.written.earlier.append(
            EarlierAnswer(
                assignment=had,
                answers=had.answers,
                sent_at=had.corrected_at or had.submitted_at or page.run.now,
            )
        )
        had.answers, had.corrected_at = second.answers, second.submitted_at
        if had.pk:
            page.written.changed.append(had)
    page.run.report.brought["answers"] += 1
    page.written.same_as[row["id"]] = had


def _settle(page: Page, row: Row) -> None:
    task = page.tasks.get(row["id"])
    if task is None or not (task.is_changed or row["id"] in page.new):
        return
    is_new = row["id"] in page.new
    is_over = is_new and row["completed"] and task.hit.places_left > 0
    if is_over:
        page.run.report.note(
            "task was marked as done with too few answers, as Turkle leaves it when a worker's account is "
            "deleted: extend its HIT to have it done again",
            f"task {row['id']}",
        )
    closed = page.queues[row["batch_id"]].group.status == HITGroup.Status.CLOSED
    task.settle(is_given_out=not (is_over or closed), now=page.run.now)


def _write(page: Page) -> None:
    run, written = page.run, page.written
    HIT.objects.bulk_create(page.new.values())
    run.ledger.remember(Kind.TASK, {theirs: hit.pk for theirs, hit in page.new.items()})
    changed = [task.hit for theirs, task in page.tasks.items() if task.is_changed and theirs not in page.new]
    HIT.objects.bulk_update(changed, _HIT_FIELDS)
    Assignment.objects.bulk_create(written.assignments.values())
    Assignment.objects.bulk_update(written.changed, _ASSIGNMENT_FIELDS)
    EarlierAnswer.objects.bulk_create(written.earlier)
    pairs = {theirs: one.pk for theirs, one in (written.assignments | written.same_as).items()}
    run.ledger.remember(Kind.ASSIGNMENT, pairs)
    finished = [one for one in written.changed if one.corrected_at is None]
    happened.write(run.requester, written.assignments.values(), finished)
    for queue in page.queues.values():
        if queue.count:
            queue.group.save(update_fields=["next_seq"])
            queue.batch.ends_at = max(queue.batch.ends_at or queue.expires_at, queue.expires_at)
            queue.batch.save(update_fields=["row_count", "published_count", "columns", "ends_at"])
