"""Makes what tests start from, through the domain's own actions; everything has a default."""

import csv
import io
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from kempelen.domain.actions import assignments, batches, claims, people, projects, publishing
from kempelen.domain.models import (
    HIT,
    Assignment,
    Batch,
    HITGroup,
    Membership,
    Project,
    Requester,
    User,
    Worker,
)

HTML = '<p>${text}</p><p><label>Your answer <input name="answer" required></label></p>'
ROWS = ({"text": "one"}, {"text": "two"}, {"text": "three"})
ANSWERS = {"answer": "yes"}

_numbers = count(2)


def a_user(name: str = "Somebody") -> User:
    """A user of this name, or with a number after it if there is one already."""
    taken = User.objects.filter(username__iexact=name).exists()
    return people.create_user(f"{name}{next(_numbers)}" if taken else name)


def a_requester(name: str = "Ada", *, owner: User | None = None) -> Requester:
    """A requester and its owner, who has the same name."""
    return people.create_requester(name, owner or a_user(name))


def owner_of(requester: Requester) -> User:
    """The user who owns the requester."""
    return requester.memberships.get(role=Membership.Role.OWNER).user


def a_worker(name: str = "Cleo") -> Worker:
    """A worker with an account."""
    return people.worker_of(a_user(name))


def an_anonymous_worker() -> Worker:
    """A worker whom only a browser's cookie knows."""
    return people.new_anonymous_worker()[0]


def a_project(
    requester: Requester | None = None, *, html: str = HTML, places: int = 1, **properties: Any
) -> Project:
    """A project whose HITs have so many places; other properties as `create_project` takes them."""
    properties = {"name": "Opinions", "max_assignments": places} | properties
    return projects.create_project(requester or a_requester(), html=html, **properties)


def an_upload(project: Project | None = None, *, rows: Sequence[Mapping[str, str]] = ROWS) -> Batch:
    """A batch with a checked CSV of these rows, not published yet."""
    content = ContentFile(csv_of(rows).encode())
    return batches.upload(project or a_project(), content, file_name="rows.csv")


def a_batch(
    project: Project | None = None, *, rows: Sequence[Mapping[str, str]] = ROWS, **properties: Any
) -> Batch:
    """A published batch with a HIT for each row; properties as `a_project` takes them."""
    batch = an_upload(project or a_project(**properties), rows=rows)
    # At once, before a server beside the test sees that there is something to publish.
    with transaction.atomic():
        batches.publish(batch)
        return publishing.publish_now(batch.pk)


def a_group(project: Project | None = None, **properties: Any) -> HITGroup:
    """The HIT group of a published batch."""
    return group_of(a_batch(project, **properties))


def a_hit(requester: Requester | None = None, *, places: int = 1, **properties: Any) -> HIT:
    """A published HIT with so many places, alone in its group."""
    project = a_project(requester, places=places, **properties)
    return hits_of(a_batch(project, rows=ROWS[:1]))[0]


def group_of(batch: Batch) -> HITGroup:
    """The HIT group in which the batch's HITs stand."""
    assert batch.hit_group
    return batch.hit_group


def hits_of(batch: Batch) -> list[HIT]:
    """The batch's HITs, by row."""
    return list(HIT.objects.filter(group=group_of(batch)).order_by("row_number"))


def an_assignment(worker: Worker | None = None, hit: HIT | None = None) -> Assignment:
    """A HIT that the worker has accepted."""
    return claims.accept(worker or a_worker(), hit or a_hit())


def a_submitted_assignment(
    worker: Worker | None = None,
    hit: HIT | None = None,
    *,
    answers: Mapping[str, str | list[str]] = ANSWERS,
) -> Assignment:
    """A HIT that the worker has answered."""
    assignment = an_assignment(worker, hit)
    return assignments.submit(assignment.public_id, answers).assignment


def csv_of(rows: Sequence[Mapping[str, str]]) -> str:
    """The rows as a CSV, with the columns of the first."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
