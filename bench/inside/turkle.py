"""Fills Turkle's store and looks into it: python -m bench.inside.turkle, run by Turkle's own Python."""

from collections import Counter
from typing import Any

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from rest_framework.authtoken.models import Token  # noqa: E402
from turkle.models import Batch, Project, Task, TaskAssignment  # noqa: E402

from bench.inside import answering  # noqa: E402
from bench.inside.sessions import session_of  # noqa: E402
from bench.systems import COLUMNS, TEMPLATE, row  # noqa: E402

_AT_ONCE = 2_000


def migrate() -> None:
    """Make the tables."""
    call_command("migrate", verbosity=0)


def prepare(workers: int) -> dict[str, Any]:
    """Make an administrator with a project, and workers; gives everybody's session."""
    admin = User.objects.create(username="bench-admin", is_staff=True, is_superuser=True)
    made = [User.objects.create(username=f"bench-worker-{number}") for number in range(workers)]
    project = Project(name="bench", created_by=admin, html_template=TEMPLATE)
    project.clean()
    project.save()
    return {
        "token": Token.objects.create(user=admin).key,
        "project": project.pk,
        "workers": [session_of(user) for user in made],
    }


@transaction.atomic
def seed(rows: int, is_answered: bool, count: int, places: int) -> int:
    """Make so many batches of so many tasks; gives the last."""
    admin = User.objects.get(username="bench-admin")
    workers = list(User.objects.filter(username__startswith="bench-worker").order_by("pk")[:3])
    for _ in range(count):
        batch = Batch.objects.create(
            name="bench",
            project=Project.objects.get(),
            filename="bench.csv",
            created_by=admin,
            assignments_per_task=2 if is_answered else places,
        )
        inputs = (dict(zip(COLUMNS, row(number), strict=True)) for number in range(rows))
        Task.objects.bulk_create(
            [Task(batch=batch, input_csv_fields=values) for values in inputs], batch_size=_AT_ONCE
        )
        if is_answered:
            _answer(batch, rows, workers)
    return int(batch.pk)


def _answer(batch: Any, rows: int, workers: list[Any]) -> None:
    """Give each task one answer: the second worker did the first half, the third the rest."""
    pks = batch.task_set.order_by("pk").values_list("pk", flat=True)
    TaskAssignment.objects.bulk_create(
        [
            TaskAssignment(
                task_id=pk,
                completed=True,
                assigned_to=workers[1 if number < rows // 2 else 2],
                expires_at=timezone.now(),
                answers={"rating": "good", "answer": f"answer {pk}"},
            )
            for number, pk in enumerate(pks)
        ],
        batch_size=_AT_ONCE,
    )


def settle() -> None:
    """Let the database do now what it would do in quiet hours, so that nothing measured pays for it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def audit(batch: int) -> dict[str, Any]:
    """What the batch's assignments are: answers, tasks given too often or twice to one, tasks left stuck."""
    found = Batch.objects.get(pk=batch)
    rows = list(
        TaskAssignment.objects.filter(task__batch=found).values_list(
            "task", "assigned_to", "completed", "answers"
        )
    )
    given = Counter(task for task, *_ in rows)
    done = Counter(task for task, _, is_done, _ in rows if is_done)
    twice = Counter((task, worker) for task, worker, *_ in rows)
    unfinished = found.task_set.filter(completed=False).values_list("pk", flat=True)
    return {
        "answers": [answers["answer"] for _, _, is_done, answers in rows if is_done],
        "doubled": sum(count > found.assignments_per_task for count in given.values())
        + sum(count > 1 for count in twice.values()),
        "stuck": sum(done[pk] >= found.assignments_per_task for pk in unfinished),
    }


def hide_all() -> None:
    """Make every batch inactive."""
    Batch.objects.update(active=False)


if __name__ == "__main__":
    answering.answer(
        {
            "migrate": migrate,
            "prepare": prepare,
            "seed": seed,
            "settle": settle,
            "audit": audit,
            "hide_all": hide_all,
        }
    )
