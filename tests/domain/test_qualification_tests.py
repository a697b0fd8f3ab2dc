"""Tests for qualifications: begun, taken in time, scored (mturk-api.md §3.3, question-schemas.md §6)."""

import pytest

from kempelen.domain.actions import overdue_tests, qualification_tests, qualification_types, qualifications
from kempelen.domain.errors import AnswersRefused, NotFound, Refusal, WrongState
from kempelen.domain.models import Event, QualificationRequest, QualificationType, Requester, Worker
from kempelen.domain.queries import qualifications as queries
from tests.domain.moving_clock import MovingClock
from tests.domain.qualification_tests import (
    BY_PERCENTAGE,
    BY_RANGES,
    BY_SCALE,
    MINUTES,
    a_test_in_words,
    a_tested_type,
    ticked,
    typed,
)
from tests.domain.test_qualifications import refusal_code, score_of

IN_WORDS = a_test_in_words()


def begun(worker: Worker, kind: QualificationType) -> str:
    return qualifications.request(worker, kind.public_id).public_id


def taken(worker: Worker, kind: QualificationType, *numbers: str, capital: str = "") -> QualificationRequest:
    request_id = begun(worker, kind)
    return qualification_tests.submit(worker, request_id, ticked(*numbers, capital=capital))


def happened(worker: Worker) -> list[str]:
    return list(Event.objects.filter(worker_pk=worker.pk).order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("key", "numbers", "capital", "value"),
    [
        (BY_PERCENTAGE, ("n7", "n2"), "lj", 100),
        (BY_PERCENTAGE, ("n2",), "lj", 67),
        (BY_PERCENTAGE, ("n2", "n4", "n7"), "zg", 8),
        (BY_PERCENTAGE, ("n9",), "", -33),
        (BY_SCALE, ("n2",), "lj", 13),
        (BY_RANGES, ("n2",), "", 10),
        (BY_RANGES, ("n2", "n7"), "", 90),
    ],
)
def test_a_test_with_a_key_is_scored_at_once_and_granted_with_its_score(
    ada: Requester, cleo: Worker, key: str, numbers: tuple[str, ...], capital: str, value: int
) -> None:
    kind = a_tested_type(ada, answer_key=key)
    asked = taken(cleo, kind, *numbers, capital=capital)
    assert (asked.status, asked.resolved_at) == (QualificationRequest.Status.GRANTED, asked.submitted_at)
    assert score_of(cleo, kind.public_id) == value
    assert not queries.pending_requests(ada, None, after=None, size=10)
    assert happened(cleo) == ["QualificationRequested", "QualificationTestSubmitted", "QualificationGranted"]


def test_a_test_without_a_key_waits_for_the_requester(ada: Requester, cleo: Worker) -> None:
    kind = a_tested_type(ada, test=IN_WORDS, answer_key="")
    request_id = begun(cleo, kind)
    assert not queries.pending_requests(ada, kind, after=None, size=10)
    qualification_tests.submit(cleo, request_id, typed("a nightingale"))
    (waiting,) = queries.pending_requests(ada, kind, after=None, size=10)
    assert (waiting.test, waiting.answers) == (IN_WORDS, {"heard": "a nightingale"})
    qualifications.accept_request(ada, request_id, value=70)
    assert score_of(cleo, kind.public_id) == 70


def test_who_has_begun_gets_the_same_test_again_with_the_same_end(
    ada: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    kind = a_tested_type(ada)
    first = qualifications.request(cleo, kind.public_id)
    moving_clock.forward(60)
    again = qualifications.request(cleo, kind.public_id)
    assert (again.pk, again.deadline_at) == (first.pk, first.deadline_at)
    assert happened(cleo) == ["QualificationRequested"]


def test_a_test_is_taken_until_its_last_moment(
    ada: Requester, cleo: Worker, dan: Worker, moving_clock: MovingClock
) -> None:
    kind = a_tested_type(ada)
    in_time, too_late = begun(cleo, kind), begun(dan, kind)
    moving_clock.forward(60 * MINUTES - 0.001)
    assert qualification_tests.submit(cleo, in_time, ticked("n2")).status == "Granted"
    moving_clock.forward(0.001)
    late = qualification_tests.submit(dan, too_late, ticked("n2", "n7"))
    assert (late.status, late.answers, late.resolved_at) == ("Abandoned", None, late.deadline_at)
    assert score_of(dan, kind.public_id) is None
    assert happened(dan) == ["QualificationRequested", "QualificationTestAbandoned"]


def test_time_runs_out_for_whoever_looks(
    ada: Requester, cleo: Worker, dan: Worker, moving_clock: MovingClock
) -> None:
    kind = a_tested_type(ada)
    looked_at, left = begun(cleo, kind), begun(dan, kind)
    moving_clock.forward(60 * MINUTES)
    assert qualification_tests.request_of(cleo, looked_at).status == "Abandoned"
    assert QualificationRequest.objects.get(public_id=left).status == "TakingTest"
    assert overdue_tests.settle() == 1
    assert overdue_tests.settle() == 0
    assert QualificationRequest.objects.get(public_id=left).status == "Abandoned"


def test_a_test_that_ran_out_counts_as_taken(
    ada: Requester, cleo: Worker, dan: Worker, moving_clock: MovingClock
) -> None:
    once = a_tested_type(ada, "Once")
    again = a_tested_type(ada, "Again", retry_delay_seconds=3600)
    begun(cleo, once)
    begun(cleo, again)
    moving_clock.forward(3599)
    assert refusal_code(cleo, once.public_id) == "QualificationTypeDoesNotAllowRetake"
    assert refusal_code(cleo, again.public_id) == "QualificationTypeRetryDelayNotElapsed"
    assert happened(cleo).count("QualificationTestAbandoned") == 2
    moving_clock.forward(1)
    assert qualifications.request(cleo, again.public_id).status == "TakingTest"


def test_a_test_is_taken_again_for_a_better_score(
    ada: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    """RetryDelayInSeconds: also by those who hold the qualification [D]."""
    kind = a_tested_type(ada, retry_delay_seconds=60)
    taken(cleo, kind, "n9")
    assert score_of(cleo, kind.public_id) == -33
    moving_clock.forward(60)
    assert taken(cleo, kind, "n2", "n7", capital="lj").status == "Granted"
    assert score_of(cleo, kind.public_id) == 100


def test_a_repeat_changes_nothing(ada: Requester, cleo: Worker) -> None:
    kind = a_tested_type(ada)
    request_id = begun(cleo, kind)
    first = qualification_tests.submit(cleo, request_id, ticked("n2"))
    again = qualification_tests.submit(cleo, request_id, ticked("n2", "n7", capital="lj"))
    assert (again.status, again.answers) == ("Granted", first.answers)
    assert happened(cleo).count("QualificationGranted") == 1


def test_answers_that_the_test_does_not_take_can_be_put_right(ada: Requester, cleo: Worker) -> None:
    request_id = begun(cleo, a_tested_type(ada))
    with pytest.raises(AnswersRefused):
        qualification_tests.submit(cleo, request_id, ticked(capital="lj"))
    assert qualification_tests.request_of(cleo, request_id).status == "TakingTest"
    assert qualification_tests.submit(cleo, request_id, ticked("n4")).status == "Granted"


def test_nobody_elses_test_is_taken(ada: Requester, cleo: Worker, dan: Worker) -> None:
    request_id = begun(cleo, a_tested_type(ada))
    with pytest.raises(NotFound):
        qualification_tests.submit(dan, request_id, ticked("n2"))
    with pytest.raises(NotFound):
        qualification_tests.request_of(dan, request_id)


def test_a_test_that_is_being_taken_is_not_the_requesters_to_answer(ada: Requester, cleo: Worker) -> None:
    request_id = begun(cleo, a_tested_type(ada))
    for act in (qualifications.accept_request, qualifications.reject_request):
        with pytest.raises(WrongState):
            act(ada, request_id)


@pytest.mark.parametrize("has_new_key", [True, False])
def test_the_test_that_was_taken_is_scored_though_it_was_replaced(
    ada: Requester, cleo: Worker, dan: Worker, has_new_key: bool
) -> None:
    kind = a_tested_type(ada)
    request_id = begun(cleo, kind)
    for changed in (kind.test.replace("Slovenia", "Croatia"), kind.test.replace("prime", "odd")):
        key = {"answer_key": BY_SCALE} if has_new_key else {}
        qualification_types.update(ada, kind.public_id, {"test": changed, **key})  # type: ignore[typeddict-item]
    qualification_tests.submit(cleo, request_id, ticked("n2", "n7", capital="lj"))
    assert score_of(cleo, kind.public_id) == 100
    asked = qualifications.request(dan, kind.public_id)
    assert "odd" in asked.test
    answered = qualification_tests.submit(dan, asked.public_id, ticked("n2", capital="lj"))
    assert answered.status == ("Granted" if has_new_key else "Pending")


def test_a_key_that_is_put_right_meanwhile_counts(ada: Requester, cleo: Worker) -> None:
    kind = a_tested_type(ada, answer_key=BY_SCALE)
    request_id = begun(cleo, kind)
    qualification_types.update(ada, kind.public_id, {"answer_key": BY_PERCENTAGE})
    qualification_tests.submit(cleo, request_id, ticked("n2", "n7", capital="lj"))
    assert score_of(cleo, kind.public_id) == 100


def test_a_type_that_is_closed_meanwhile_still_takes_the_answers(ada: Requester, cleo: Worker) -> None:
    kind = a_tested_type(ada)
    request_id = begun(cleo, kind)
    qualification_types.update(ada, kind.public_id, {"status": "Inactive"})
    assert qualification_tests.submit(cleo, request_id, ticked("n2")).status == "Granted"


def test_a_type_that_is_deleted_takes_its_tests_with_it(
    ada: Requester, cleo: Worker, dan: Worker, moving_clock: MovingClock
) -> None:
    kind = a_tested_type(ada)
    overdue = begun(dan, kind)
    moving_clock.forward(60 * MINUTES)
    running = begun(cleo, kind)
    qualification_types.dispose(ada, kind.public_id)
    refused = qualification_tests.submit(cleo, running, ticked("n2"))
    assert (refused.status, refused.answers) == ("Rejected", None)
    assert qualification_tests.request_of(dan, overdue).status == "Abandoned"


def test_a_type_that_gets_a_test_later_asks_for_it_from_then_on(
    ada: Requester, cleo: Worker, dan: Worker
) -> None:
    kind = a_tested_type(ada, test="", answer_key="", test_duration_seconds=None)
    waiting = qualifications.request(cleo, kind.public_id)
    test = {"test": IN_WORDS, "test_duration_seconds": 60}
    qualification_types.update(ada, kind.public_id, test)  # type: ignore[arg-type]
    assert qualifications.request(dan, kind.public_id).status == "TakingTest"
    with pytest.raises(Refusal):
        qualifications.request(cleo, kind.public_id)
    qualifications.accept_request(ada, waiting.public_id)
    assert score_of(cleo, kind.public_id) == 1
