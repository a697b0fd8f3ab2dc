"""What the server keeps of a user, for the user: account, memberships, work, money, qualifications."""

from collections.abc import Iterator
from typing import Any

from kempelen.domain.models import Assignment, Payment, User, Worker


def account_of(user: User) -> dict[str, Any]:
    """Give the account and its memberships."""
    roles = user.memberships.select_related("requester").order_by("pk")
    return {
        "username": user.username,
        "name": user.first_name,
        "email": user.email,
        "joined": user.date_joined,
        "last_login": user.last_login,
        "requesters": [{"requester": its.requester.name, "role": its.role} for its in roles],
    }


def worker_of(user: User) -> dict[str, Any] | None:
    """Give what is kept of the user as a worker, but for the work itself."""
    worker = Worker.objects.filter(user=user).first()
    if worker is None:
        return None
    return {
        "worker_id": worker.public_id,
        "since": worker.created_at,
        "country": worker.country,
        "subdivision": worker.subdivision,
        "is_adult": worker.is_adult,
        "groups": list(worker.groups.filter(is_named=False).values_list("name", flat=True)),
        "qualifications": list(
            worker.qualifications.values("qualification_type__name", "value", "status", "granted_at")
        ),
        "payments": list(
            Payment.objects.filter(worker=worker)
            .order_by("pk")
            .values("kind", "amount_cents", "reason", "paid_at", "requester__name", "assignment__public_id")
        ),
    }


def work_of(user: User) -> Iterator[dict[str, Any]]:
    """Give every assignment of the user's worker, oldest first."""
    mine = Assignment.objects.filter(worker__user=user).select_related("hit", "group__hit_type")
    for its in mine.order_by("pk").iterator(chunk_size=500):
        yield {
            "assignment_id": its.public_id,
            "hit_id": its.hit.public_id,
            "title": its.group.hit_type.title,
            "status": its.status,
            "accepted_at": its.accepted_at,
            "submitted_at": its.submitted_at,
            "answers": its.answers,
        }
