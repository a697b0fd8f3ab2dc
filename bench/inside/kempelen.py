"""Fills Kempelen's store and looks into it: python -m bench.inside.kempelen."""

import io
from typing import Any

import django

django.setup()

from django.core.files import File  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import Count, F  # noqa: E402

from bench.inside import answering, claiming, crowding, limits, paging  # noqa: E402
from bench.inside.sessions import session_of  # noqa: E402
from bench.systems import TEMPLATE, csv_of  # noqa: E402
from kempelen.domain.actions import access_keys, batches, people, projects, publishing  # noqa: E402
from kempelen.domain.models import (  # noqa: E402
    HIT,
    Assignment,
    Batch,
    HITGroup,
    Project,
    QueueCursor,
    Requester,
    Worker,
)

_ANSWERED = """
    INSERT INTO kempelen_assignment (public_id, hit_id, group_id, worker_id, status, accepted_at, deadline_at,
           submitted_at, auto_approval_at, feedback, answers)
    SELECT {public_id}, h.id, h.group_id, %s, 'Submitted', h.created_at, h.expires_at, h.created_at,
           h.expires_at, '', {answers}
      FROM kempelen_hit h WHERE h.group_id = %s AND h.row_number BETWEEN %s AND %s
"""
_WORDS = {
    "sqlite": {
        "public_id": "'3B' || printf('%%028d', h.id)",
        "answers": "json_object('rating', 'good', 'answer', 'answer ' || h.id)",
    },
    "postgresql": {
        "public_id": "'3B' || lpad(h.id::text, 28, '0')",
        "answers": "jsonb_build_object('rating', 'good', 'answer', 'answer ' || h.id)",
    },
}


def prepare(workers: int) -> dict[str, Any]:
    """Make a requester with a project, and workers; gives everybody's session."""
    owner = people.create_user("bench-owner")
    requester = people.create_requester("Bench", owner)
    project = projects.create_project(requester, name="Bench", html=TEMPLATE, allows_corrections=False)
    made = [people.create_user(f"bench-worker-{number}") for number in range(workers)]
    for user in made:
        people.worker_of(user)
    return {
        "owner": session_of(owner),
        "workers": [session_of(user) for user in made],
        "slug": requester.slug,
        "project": project.number,
    }


def seed(rows: int, is_answered: bool, count: int, places: int) -> list[Any]:
    """Publish so many batches of so many rows; gives the last: its group's id, its number, its rows."""
    batch = _published(Project.objects.get(name="Bench"), rows, is_answered, count, places)
    assert batch.hit_group
    return [batch.hit_group.public_id, batch.number, rows]


def prepare_calls(name: str, rows: int) -> dict[str, Any]:
    """Give a key of the requester's, who is made with so many answered HITs if new, and what to call with."""
    requester = Requester.objects.filter(name=name).first()
    if requester is None:
        requester = people.create_requester(name, people.create_user(f"bench-{name}"))
        project = projects.create_project(requester, name=name, html=TEMPLATE, allows_corrections=False)
        _published(project, rows, is_answered=True, count=1, places=1)
    key, secret = access_keys.create(requester.memberships.get())
    of_requester = HIT.objects.filter(requester=requester).order_by("pk")[:rows]
    work = Assignment.objects.filter(hit__requester=requester, status="Submitted").order_by("pk")[:rows]
    return {
        "key": key.public_id,
        "secret": secret,
        "hits": list(of_requester.values_list("public_id", flat=True)),
        "assignments": list(work.values_list("public_id", flat=True)),
    }


def _published(project: Project, rows: int, is_answered: bool, count: int, places: int) -> Batch:
    project.max_assignments = 2 if is_answered else places
    project.save()
    csv = csv_of(rows)
    for _ in range(count):
        batch = batches.upload(project, File(io.BytesIO(csv), "bench.csv"), file_name="bench.csv")
        # Without the job, which the running server would do as soon as it sees it.
        with transaction.atomic():
            batches.publish(batch).delete()
        batch = publishing.publish_now(batch.pk)
    assert batch.hit_group
    if is_answered:
        _answer(batch.hit_group, rows)
    settle_store()
    return batch


@transaction.atomic
def _answer(group: HITGroup, rows: int) -> None:
    """Give each HIT one answer: the second worker did the first half, the third the rest."""
    half = rows // 2
    _, half_done, other = Worker.objects.order_by("pk")[:3]
    statement = _ANSWERED.format(**_WORDS[connection.vendor])
    with connection.cursor() as cursor:
        for worker, first, last in ((half_done, 1, half), (other, half + 1, rows)):
            cursor.execute(statement, [worker.pk, group.pk, first, last])
            QueueCursor.objects.create(worker=worker, group=group, priority=0, position=last)
    HIT.objects.filter(group=group).update(places_left=F("places_left") - 1, unreviewed_count=1)


def settle_store() -> None:
    """Let the database do now what it would do in quiet hours, so that nothing measured pays for it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def audit(group: str) -> dict[str, Any]:
    """What the group's assignments are: answers, HITs given too often or twice to one, HITs left stuck."""
    found = Assignment.objects.filter(group__public_id=group)
    done = found.filter(status__in=Assignment.DONE)
    live = found.filter(status__in=Assignment.LIVE_OR_DONE)
    too_often = (
        live.values("hit").annotate(given=Count("pk")).filter(given__gt=F("hit__max_assignments")).count()
    )
    twice = live.values("hit", "worker").annotate(given=Count("pk")).filter(given__gt=1).count()
    full = HIT.objects.filter(group__public_id=group, places_left=0, pending_count=0)
    return {
        "answers": [answers["answer"] for answers in done.values_list("answers", flat=True)],
        "doubled": too_often + twice,
        "stuck": full.exclude(status=HIT.Status.REVIEWABLE).count(),
    }


def hide_all() -> None:
    """Pause every group."""
    HITGroup.objects.update(status=HITGroup.Status.PAUSED)


def accept_next_at_once(wanted: bool) -> None:
    """Choose for all workers whether submitting accepts the next HIT too."""
    Worker.objects.update(accepts_next=wanted)


def published_at(number: int) -> float:
    """When the batch was published, in seconds of the clock; 0 while it is not."""
    at = Batch.objects.get(number=number, project=Project.objects.get(name="Bench")).published_at
    return at.timestamp() if at else 0.0


if __name__ == "__main__":
    answering.answer(
        {
            "prepare": prepare,
            "seed": seed,
            "prepare_calls": prepare_calls,
            "audit": audit,
            "hide_all": hide_all,
            "accept_next_at_once": accept_next_at_once,
            "published_at": published_at,
            "settle": settle_store,
            "crowd": crowding.crowd,
            "page_times": paging.page_times,
            "claims": claiming.claim_seconds,
            "raw_insert": limits.raw_insert,
            "raw_export": limits.raw_export,
        }
    )
