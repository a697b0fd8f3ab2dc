"""Qualification tests: taken within their time, then scored at once or left to the requester.

Before it is submitted a test is begun (`qualifications.request`).  Facts: mturk-api.md §3.3,
question-schemas.md §6.
"""

from collections.abc import Mapping

from django.db import transaction

from kempelen.domain import answers, clock, events
from kempelen.domain.actions import overdue_tests, qualifications
from kempelen.domain.errors import NotFound
from kempelen.domain.models import QualificationRequest, Worker
from kempelen.domain.qualifications import taken_tests

_Status = QualificationRequest.Status


def request_of(worker: Worker, request_id: str) -> QualificationRequest:
    """Give what the worker asked for, as it stands at this moment; `NotFound` if it is not theirs."""
    asked = _asked(worker, request_id)
    if asked.status == _Status.TAKING_TEST and overdue_tests.settle_of_worker(worker):
        asked = _asked(worker, request_id)
    return asked


@transaction.atomic
def submit(worker: Worker, request_id: str, fields: Mapping[str, answers.Given]) -> QualificationRequest:
    """Store the answers to a test, once; gives the request as it stands then.

    With an answer key the qualification is granted with its score, whatever that is; without one the
    request waits for the requester.  After the deadline it is too late: the request is abandoned, and
    nothing is stored.  A repeat changes nothing.  Answers that the test does not take are refused
    (`AnswersRefused`), and can be submitted again.  `fields` are what `answers.collect` gives.
    """
    asked = (
        QualificationRequest.objects.select_for_update(of=("self",))
        .select_related("qualification_type__requester", "worker")
        .filter(worker=worker, public_id=request_id)
        .first()
    )
    if asked is None:
        raise NotFound("qualification request", request_id)
    if asked.status != _Status.TAKING_TEST:
        return asked
    now = clock.now()
    if asked.deadline_at is not None and asked.deadline_at <= now:
        overdue_tests.abandon(asked)
        return asked
    answers.check(fields)
    asked.answers, asked.submitted_at = taken_tests.read_answers(asked.test, fields), now
    asked.status = _Status.PENDING
    asked.save(update_fields=["answers", "submitted_at", "status"])
    events.record(events.QualificationTestSubmitted(asked.qualification_type, worker))
    if asked.answer_key:
        qualifications.grant_request(asked, taken_tests.score(asked.answer_key, asked.answers), at=now)
    return asked


def _asked(worker: Worker, request_id: str) -> QualificationRequest:
    mine = QualificationRequest.objects.filter(worker=worker, public_id=request_id)
    asked = mine.select_related("qualification_type__requester", "worker").first()
    if asked is None:
        raise NotFound("qualification request", request_id)
    return asked
