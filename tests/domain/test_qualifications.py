"""Qualifications asked for, granted and taken away (mturk-api.md §3.3)."""

import pytest
from django.conf import LazySettings

from kempelen.domain.actions import blocks, qualifications
from kempelen.domain.errors import InvalidParameter, NotFound, Refusal, WrongState
from kempelen.domain.models import Notice, Qualification, QualificationRequest, Requester, Worker
from kempelen.domain.qualifications import system_types
from kempelen.domain.queries import standing
from tests.domain.moving_clock import MovingClock
from tests.domain.requiring import a_type


def score_of(worker: Worker, type_id: str) -> int | None:
    fact = standing.facts(worker, [type_id]).get(type_id)
    return fact.value if fact else None


def refusal_code(worker: Worker, type_id: str) -> str:
    with pytest.raises(Refusal) as refused:
        qualifications.request(worker, type_id)
    return refused.value.code


def test_a_request_waits_until_it_is_granted(ada: Requester, cleo: Worker) -> None:
    kind = a_type(ada)
    asked = qualifications.request(cleo, kind.public_id)
    assert asked.status == QualificationRequest.Status.PENDING
    assert score_of(cleo, kind.public_id) is None
    qualifications.accept_request(ada, asked.public_id, value=80)
    assert score_of(cleo, kind.public_id) == 80
    for act in (qualifications.accept_request, qualifications.reject_request):
        with pytest.raises(WrongState) as refused:
            act(ada, asked.public_id)
        assert refused.value.code == "InvalidQualificationRequestState"


@pytest.mark.parametrize(("value", "granted"), [(None, 1), (5, 5), (0, 0)])
def test_an_auto_granted_type_is_granted_at_once(
    ada: Requester, cleo: Worker, value: int | None, granted: int
) -> None:
    kind = a_type(ada, is_auto_granted=True, auto_granted_value=value)
    assert qualifications.request(cleo, kind.public_id).status == QualificationRequest.Status.GRANTED
    assert score_of(cleo, kind.public_id) == granted


def test_without_a_retry_delay_a_worker_asks_once_ever(ada: Requester, cleo: Worker) -> None:
    kind = a_type(ada)
    asked = qualifications.request(cleo, kind.public_id)
    assert refusal_code(cleo, kind.public_id) == "InvalidState"
    qualifications.reject_request(ada, asked.public_id, reason="Not yet.")
    assert refusal_code(cleo, kind.public_id) == "QualificationTypeDoesNotAllowRetake"


def test_with_a_retry_delay_a_worker_asks_again_after_it(
    ada: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    kind = a_type(ada, retry_delay_seconds=60)
    asked = qualifications.request(cleo, kind.public_id)
    qualifications.reject_request(ada, asked.public_id)
    moving_clock.forward(59)
    assert refusal_code(cleo, kind.public_id) == "QualificationTypeRetryDelayNotElapsed"
    moving_clock.forward(1)
    qualifications.request(cleo, kind.public_id)


def test_what_cannot_be_asked_for_is_refused(ada: Requester, cleo: Worker) -> None:
    held = a_type(ada, "Held")
    qualifications.associate(ada, held.public_id, cleo.public_id)
    inactive = a_type(ada, "Inactive", status="Inactive")
    assert refusal_code(cleo, held.public_id) == "QualificationAlreadyExists"
    assert refusal_code(cleo, inactive.public_id) == "InvalidQualificationTypeState"
    for gone in (a_type(ada, "Gone", status="Disposed").public_id, system_types.APPROVED, "3UNKNOWN"):
        assert refusal_code(cleo, gone) == "QualificationTypeDoesNotExist"


def test_only_the_owner_answers_a_request(ada: Requester, ben: Requester, cleo: Worker) -> None:
    asked = qualifications.request(cleo, a_type(ada).public_id)
    with pytest.raises(NotFound) as refused:
        qualifications.accept_request(ben, asked.public_id)
    assert refused.value.mturk_message == f"QualificationRequest {asked.public_id} does not exist."


def test_a_revoked_qualification_is_granted_again_with_a_new_time(
    ada: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    kind = a_type(ada)
    first = qualifications.associate(ada, kind.public_id, cleo.public_id, value=3)
    revoked = qualifications.disassociate(ada, kind.public_id, cleo.public_id, reason="Asleep.")
    assert (revoked.status, revoked.reason) == (Qualification.Status.REVOKED, "Asleep.")
    with pytest.raises(WrongState) as refused:
        qualifications.disassociate(ada, kind.public_id, cleo.public_id)
    assert refused.value.mturk_message == "This operation can be called with a status of: Granted"
    moving_clock.forward(60)
    again = qualifications.associate(ada, kind.public_id, cleo.public_id, value=4)
    assert again.granted_at > first.granted_at
    assert (again.pk, again.revoked_at, score_of(cleo, kind.public_id)) == (first.pk, None, 4)


def test_a_request_stays_open_when_the_qualification_comes_another_way(ada: Requester, cleo: Worker) -> None:
    kind = a_type(ada)
    asked = qualifications.request(cleo, kind.public_id)
    qualifications.associate(ada, kind.public_id, cleo.public_id, value=9)
    qualifications.accept_request(ada, asked.public_id, value=2)
    assert score_of(cleo, kind.public_id) == 2


def test_the_worker_is_told_unless_not(ada: Requester, cleo: Worker) -> None:
    kind = a_type(ada)
    qualifications.associate(ada, kind.public_id, cleo.public_id, sends_notification=False)
    assert not Notice.objects.exists()
    qualifications.associate(ada, kind.public_id, cleo.public_id, value=12)
    assert "“Good at cats”, with the value 12" in Notice.objects.get(worker=cleo).text


def test_who_asked_is_told_what_the_requester_says(ada: Requester, cleo: Worker, dan: Worker) -> None:
    kind = a_type(ada)
    granted, refused = (qualifications.request(worker, kind.public_id).public_id for worker in (cleo, dan))
    qualifications.accept_request(ada, granted, value=7)
    qualifications.reject_request(ada, refused, reason="Not yet. " * 1000)
    assert "with the value 7" in Notice.objects.get(worker=cleo).text
    assert "refused your request for the qualification “Good at cats”.\n\nNot yet." in (
        Notice.objects.get(worker=dan).text
    )


def test_nobody_elses_type_can_be_given_and_nobody_unknown_gets_one(
    ada: Requester, ben: Requester, cleo: Worker
) -> None:
    kind = a_type(ada)
    with pytest.raises(NotFound):
        qualifications.associate(ben, kind.public_id, cleo.public_id)
    with pytest.raises(InvalidParameter, match=r'"A1" is not valid for the parameter WorkerId\.'):
        qualifications.associate(ada, kind.public_id, "A1")


def test_an_administrator_makes_masters(cleo: Worker, settings: LazySettings) -> None:
    settings.KEMPELEN_MODE = "sandbox"
    qualifications.make_master(cleo)
    assert system_types.MASTERS_SANDBOX in standing.facts(cleo, [system_types.MASTERS_SANDBOX])
    qualifications.unmake_master(cleo)
    qualifications.unmake_master(cleo)
    assert not standing.facts(cleo, [system_types.MASTERS_SANDBOX])


def test_a_block_is_made_once_and_taken_away_as_often_as_one_likes(ada: Requester, cleo: Worker) -> None:
    blocks.block(ada, cleo.public_id, reason="Spam.")
    assert blocks.block(ada, cleo.public_id, reason="More spam.").reason == "More spam."
    assert ada.worker_blocks.count() == 1
    blocks.unblock(ada, cleo.public_id)
    blocks.unblock(ada, cleo.public_id)
    assert not ada.worker_blocks.exists()
    with pytest.raises(InvalidParameter):
        blocks.block(ada, "A1", reason="?")
