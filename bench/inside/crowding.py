"""A requester as large as they get: a million HITs in a thousand batches, and ten thousand workers.

Everything is published as a requester would publish it; what the workers did is written in bulk.
"""

import io
from datetime import timedelta
from typing import Any

from django.core.files import File
from django.db import connection, transaction
from django.db.models import Case, F, Value, When

from bench.systems import TEMPLATE, csv_of
from kempelen.domain import clock
from kempelen.domain.actions import batches, hit_types, hits, people, projects, publishing
from kempelen.domain.ids import new_worker_id
from kempelen.domain.models import HIT, Batch, HITGroup, Project, Requester, User, Worker
from kempelen.domain.queries.tasks import Task
from kempelen.domain.statistics import filling, marking, recounting, worker_records

PROJECTS = 20
# One batch has a tenth of all HITs.
_LARGEST = 10
_AT_ONCE = 1_000

# Three weeks of work: each worker takes a minute or so, a tenth of the HITs is left, and so on.
_WORK = """
    INSERT INTO kempelen_assignment (public_id, hit_id, group_id, worker_id, status, accepted_at, deadline_at,
           submitted_at, auto_approval_at, approved_at, rejected_at, feedback, answers)
    SELECT {public_id}, h.id, h.group_id, %s + (h.id * 7919) %% %s,
           CASE WHEN h.id %% 10 < 6 THEN 'Approved' WHEN h.id %% 10 = 6 THEN 'Rejected' ELSE 'Submitted' END,
           {accepted}, {deadline}, {submitted}, {promised},
           CASE WHEN h.id %% 10 < 6 THEN {reviewed} END, CASE WHEN h.id %% 10 = 6 THEN {reviewed} END, '',
           {answers}
      FROM kempelen_hit h
     WHERE h.requester_id = %s AND h.id %% 10 < 9 AND h.id BETWEEN %s AND %s
"""
_PAY = """
    INSERT INTO kempelen_payment (kind, requester_id, worker_id, hit_id, assignment_id, amount_cents, reason,
           paid_at)
    SELECT 'reward', %s, a.worker_id, a.hit_id, a.id, 5, '', a.approved_at
      FROM kempelen_assignment a JOIN kempelen_hit h ON h.id = a.hit_id
     WHERE h.requester_id = %s AND a.status = 'Approved'
"""
_ANSWER = "'rating', CASE WHEN h.id %% 3 = 0 THEN 'bad' ELSE 'good' END, 'answer', 'answer ' || h.id"


def _words(seconds_each: float, last: int) -> dict[str, str]:
    """Give SQL for moments: HIT by HIT one moment after the other, up to now."""
    ago = f"(h.id - {last}) * {seconds_each}"
    took = "(5 + (h.id * 31) % 90 + (h.id % 17) * (h.id % 13))".replace("%", "%%")
    offsets = {
        "accepted": ago,
        "deadline": f"{ago} + 3600",
        "submitted": f"{ago} + {took}",
        "promised": "2592000",
        "reviewed": f"{ago} + 90000",
    }
    if connection.vendor == "postgresql":
        made = {name: f"now() + ({offset}) * interval '1 second'" for name, offset in offsets.items()}
        own = {"public_id": "'3C' || lpad(h.id::text, 28, '0')"}
        answers = f"jsonb_build_object({_ANSWER})"
    else:
        made = {
            name: f"strftime('%%Y-%%m-%%d %%H:%%M:%%S.000000', julianday('now') + ({offset}) / 86400.0)"
            for name, offset in offsets.items()
        }
        own = {"public_id": "'3C' || printf('%%028d', h.id)"}
        answers = f"json_object({_ANSWER})"
    return made | own | {"answers": answers}


def crowd(name: str, rows: int, count: int, workers: int) -> dict[str, Any]:
    """Make the requester, unless it is there, and give what stands in addresses of its pages."""
    requester = Requester.objects.filter(name=name).first()
    if requester is None:
        requester = people.create_requester(name, people.create_user(f"bench-{name.lower()}"))
        first_worker = _make_workers(name, workers)
        _publish(requester, rows, count)
        _make_api_hits(requester)
        _work(requester, first_worker, workers)
        _settle()
    return addressed(requester)


def addressed(requester: Requester) -> dict[str, Any]:
    """Give the parts of the addresses of this requester's pages."""
    largest = requester.batches.order_by("-row_count").select_related("hit_group", "project").first()
    assert largest and largest.hit_group
    work = largest.hit_group.assignments.order_by("pk")
    worker = work.select_related("worker__user")[0].worker
    of_program = requester.hit_groups.filter(is_of_type=True).first()
    return {
        "slug": requester.slug,
        "project": largest.project.number,
        "batch": largest.number,
        "group": largest.hit_group.public_id,
        "api_group": of_program.public_id if of_program else "",
        "assignment": work[0].public_id,
        "worker": worker.public_id,
    }


def _make_workers(name: str, count: int) -> int:
    """Make so many users who are workers; gives the first worker's primary key."""
    now = clock.now()
    users = User.objects.bulk_create(
        [User(username=f"{name.lower()}-{number}", password="!", date_joined=now) for number in range(count)],
        batch_size=_AT_ONCE,
    )
    made = Worker.objects.bulk_create(
        [Worker(pk=None, public_id=new_worker_id(), user=user, created_at=now) for user in users],
        batch_size=_AT_ONCE,
    )
    assert made[-1].pk == made[0].pk + count - 1
    return int(made[0].pk)


def _publish(requester: Requester, rows: int, count: int) -> None:
    several = [
        projects.create_project(
            requester, name=f"Project {number}", html=TEMPLATE, reward_cents=5, allows_corrections=False
        )
        for number in range(min(PROJECTS, count))
    ]
    largest = rows // _LARGEST
    small = csv_of((rows - largest) // max(count - 1, 1))
    for number in range(count):
        _publish_one(several[number % len(several)], csv_of(largest) if number == count // 2 else small)


def _publish_one(project: Project, csv: bytes) -> None:
    batch = batches.upload(project, File(io.BytesIO(csv), "bench.csv"), file_name="bench.csv")
    # Without the job, which the running server would do as soon as it sees it.
    with transaction.atomic():
        batches.publish(batch).delete()
    publishing.publish_now(batch.pk)


def _make_api_hits(requester: Requester) -> None:
    """Make some HIT types with HITs of programs."""
    for number in range(30):
        hit_type = hit_types.hit_type_of(
            requester,
            title=f"By a program {number}",
            description="Made by the API.",
            keywords="bench",
            reward_cents=5,
            assignment_duration_seconds=3600,
            auto_approval_delay_seconds=30 * 86400,
        )
        for _ in range(3):
            hits.create(
                hit_type, hits.NewHIT(Task(question=_QUESTION), lifetime_seconds=86400, max_assignments=3)
            )


_QUESTION = (
    '<ExternalQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2006-07-14/'
    'ExternalQuestion.xsd"><ExternalURL>https://example.org/</ExternalURL><FrameHeight>400</FrameHeight>'
    "</ExternalQuestion>"
)


def _work(requester: Requester, first_worker: int, workers: int) -> None:
    """Have most HITs done, by one worker each."""
    mine = HIT.objects.filter(requester=requester).order_by("pk")
    first, last = mine[0].pk, mine.order_by("-pk")[0].pk
    three_weeks = 21 * 86400
    statement = _WORK.format(**_words(three_weeks / (last - first + 1), last))
    page = 50_000
    for start in range(first, last + 1, page):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                statement, [first_worker, workers, requester.pk, start, min(start + page - 1, last)]
            )
            reviewed = HIT.objects.filter(pk__gte=start, pk__lt=start + page, requester=requester)
            _count_places(reviewed)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PAY, [requester.pk, requester.pk])
    Batch.objects.filter(requester=requester).update(published_at=clock.now() - timedelta(days=21))


def _count_places(some: Any) -> None:
    digit = some.annotate(digit=F("pk") % 10)
    taken = {
        "places_left": F("places_left") - 1,
        "status": Case(When(places_left=1, then=Value("Reviewable")), default=F("status")),
    }
    digit.filter(digit__lt=7).update(reviewed_count=1, **taken)
    digit.filter(digit__in=[7, 8]).update(unreviewed_count=1, **taken)


def _settle() -> None:
    """Let figures be filled and the database do what it would in quiet hours."""
    marking.groups_have_changed(HITGroup.objects.values_list("pk", flat=True))
    marking.assignments_were_written()
    filling.fill_all()
    while recounting.recount_next() or worker_records.count_some():
        pass
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
