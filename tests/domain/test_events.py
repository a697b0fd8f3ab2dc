"""Which events wait to be told."""

import pytest
from django.db import transaction

from kempelen.domain import events
from kempelen.domain.actions import assignments, background
from kempelen.domain.models import Event, HITType, Notification, Requester, Worker
from tests.factories import a_hit, a_submitted_assignment, an_assignment


def asks_for(hit_type: HITType, *kinds: str, is_active: bool = True) -> Notification:
    return Notification.objects.create(
        hit_type=hit_type,
        transport="SQS",
        destination="https://sqs.us-east-1.amazonaws.com/123456789012/work",
        version="2006-05-05",
        event_types=list(kinds),
        is_active=is_active,
    )


def awaited() -> list[str]:
    return list(Event.objects.filter(awaits_notification=True).order_by("pk").values_list("kind", flat=True))


def test_an_event_waits_if_its_hit_type_asks_for_the_kind(ada: Requester, cleo: Worker) -> None:
    hit, other = a_hit(ada), a_hit(ada, title="Others")
    asks_for(hit.hit_type, "AssignmentSubmitted", "HITReviewable")
    a_submitted_assignment(cleo, hit)
    a_submitted_assignment(cleo, other)
    assert sorted(awaited()) == ["AssignmentSubmitted", "HITReviewable"]


def test_nothing_waits_while_the_notification_is_not_active(ada: Requester, cleo: Worker) -> None:
    hit = a_hit(ada)
    asks_for(hit.hit_type, "AssignmentAccepted", is_active=False)
    an_assignment(cleo, hit)
    assert awaited() == []


def test_each_of_many_events_is_judged_by_itself(ada: Requester) -> None:
    hit, other = a_hit(ada), a_hit(ada, title="Others")
    asks_for(hit.hit_type, "HITExpired")
    happenings = [events.HITExpired(one) for one in [hit, other] * 400]
    with transaction.atomic():
        events.record_all([*happenings, events.RequesterCreated(ada), events.HITReviewable(hit)])
    assert awaited() == ["HITExpired"] * 400


@pytest.mark.django_db(transaction=True)
def test_the_deliverer_is_woken_only_when_something_is_to_be_told(ada: Requester, cleo: Worker) -> None:
    assignment = an_assignment(cleo, a_hit(ada))
    background.told.clear()
    assignments.submit(assignment.public_id, {"answer": "yes"})
    assert not background.told.is_set()
    asks_for(assignment.hit.hit_type, "AssignmentApproved")
    assignments.approve(ada, assignment.public_id)
    assert background.told.is_set()
    background.told.clear()
