"""Qualification tests, as programs see them (mturk-api.md §3.3, question-schemas.md §5 and §6).

CreateQualificationType, UpdateQualificationType, GetQualificationType, ListQualificationTypes,
ListQualificationRequests, AcceptQualificationRequest, RejectQualificationRequest, GetQualificationScore,
ListWorkersWithQualificationType.  The tests are taken by workers, who have no API.
"""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from kempelen.domain.actions import qualification_tests, qualifications
from kempelen.domain.answers import Answers
from kempelen.domain.models import Notice, Requester, Worker
from tests.contract.api.qualification_types import ANSWER_KEY, a_type, refusal
from tests.contract.api.qualification_types import TEST as CATS
from tests.domain.qualification_tests import (
    BY_PERCENTAGE,
    BY_RANGES,
    BY_SCALE,
    TEST,
    a_test_in_words,
    ticked,
    typed,
)

IN_WORDS = a_test_in_words("What do you hear, “ä”?")
ANSWERS = (
    "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"
)


def a_tested_type(mturk: Any, **members: Any) -> str:
    """A type whose test takes ten minutes."""
    given = {"Test": TEST, "TestDurationInSeconds": 600, **members}
    return str(a_type(mturk, **given)["QualificationTypeId"])


def take(worker: Worker, type_id: str, fields: Answers) -> str:
    """Let the worker take the test; gives the request's id."""
    request_id = qualifications.request(worker, type_id).public_id
    qualification_tests.submit(worker, request_id, fields)
    return request_id


@pytest.mark.parametrize(
    ("key", "value"),
    [(BY_PERCENTAGE, 100), (BY_SCALE, 13), (BY_RANGES, 90)],
    ids=["percent", "scale", "range"],
)
def test_a_test_with_a_key_is_scored_at_once(mturk: Any, cleo: Worker, key: str, value: int) -> None:
    """question-schemas.md §6.2 and §6.3: granted with its score, without the requester."""
    type_id = a_tested_type(mturk, AnswerKey=key)
    take(cleo, type_id, ticked("n7", "n2", capital="lj"))
    assert mturk.list_qualification_requests(QualificationTypeId=type_id)["NumResults"] == 0
    named = {"QualificationTypeId": type_id, "WorkerId": cleo.public_id}
    assert mturk.get_qualification_score(**named)["Qualification"]["IntegerValue"] == value
    (held,) = mturk.list_workers_with_qualification_type(QualificationTypeId=type_id)["Qualifications"]
    assert (held["WorkerId"], held["IntegerValue"], held["Status"]) == (cleo.public_id, value, "Granted")


def test_a_test_without_a_key_waits_with_its_answers(mturk: Any, cleo: Worker, dan: Worker) -> None:
    """mturk-api.md, ListQualificationRequests; question-schemas.md §5."""
    type_id = a_tested_type(mturk, Test=IN_WORDS)
    qualifications.request(dan, type_id)
    request_id = take(cleo, type_id, typed("a <nightingale> & “ü”"))
    (waiting,) = mturk.list_qualification_requests()["QualificationRequests"]
    assert waiting.pop("SubmitTime").tzinfo
    assert waiting == {
        "QualificationRequestId": request_id,
        "QualificationTypeId": type_id,
        "WorkerId": cleo.public_id,
        "Test": IN_WORDS,
        "Answer": (
            f'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="{ANSWERS}"><Answer>'
            "<QuestionIdentifier>heard</QuestionIdentifier><FreeText>a &lt;nightingale&gt; &amp; "
            "&#8220;&#252;&#8221;</FreeText></Answer></QuestionFormAnswers>"
        ),
    }


def test_what_was_chosen_is_listed_by_its_identifiers(mturk: Any, cleo: Worker) -> None:
    """question-schemas.md §5: one SelectionIdentifier a choice, none where nothing was chosen."""
    take(cleo, a_tested_type(mturk), ticked("n7", "n2"))
    (waiting,) = mturk.list_qualification_requests()["QualificationRequests"]
    chosen = "".join(f"<SelectionIdentifier>{one}</SelectionIdentifier>" for one in ("n2", "n7"))
    assert waiting["Answer"].endswith(
        f"<Answer><QuestionIdentifier>primes</QuestionIdentifier>{chosen}</Answer>"
        "<Answer><QuestionIdentifier>capital</QuestionIdentifier></Answer></QuestionFormAnswers>"
    )


def test_the_requester_scores_or_refuses_what_waits(mturk: Any, cleo: Worker, dan: Worker) -> None:
    """mturk-api.md, AcceptQualificationRequest and RejectQualificationRequest."""
    type_id = a_tested_type(mturk, Test=IN_WORDS)
    good, bad = (take(worker, type_id, typed(worker.public_id)) for worker in (cleo, dan))
    mturk.accept_qualification_request(QualificationRequestId=good, IntegerValue=70)
    mturk.reject_qualification_request(QualificationRequestId=bad, Reason="That was a crow.")
    assert mturk.list_qualification_requests()["NumResults"] == 0
    named = {"QualificationTypeId": type_id, "WorkerId": cleo.public_id}
    assert mturk.get_qualification_score(**named)["Qualification"]["IntegerValue"] == 70
    with pytest.raises(ClientError):
        mturk.get_qualification_score(QualificationTypeId=type_id, WorkerId=dan.public_id)
    assert "That was a crow." in Notice.objects.get(worker=dan).text


def test_a_test_that_is_being_taken_is_not_listed_and_not_to_be_answered(mturk: Any, cleo: Worker) -> None:
    """ListQualificationRequests shows what is pending only; AcceptQualificationRequest needs that."""
    request_id = qualifications.request(cleo, a_tested_type(mturk)).public_id
    assert mturk.list_qualification_requests()["NumResults"] == 0
    for answer in (mturk.accept_qualification_request, mturk.reject_qualification_request):
        with pytest.raises(mturk.exceptions.RequestError) as refused:
            answer(QualificationRequestId=request_id)
        assert refusal(refused)[0] == "AWS.MechanicalTurk.InvalidQualificationRequestState"


def test_the_test_that_was_begun_is_listed_though_it_was_replaced(mturk: Any, cleo: Worker) -> None:
    """UpdateQualificationType changes what is asked from then on; a Test without a key takes the key away."""
    type_id = a_tested_type(mturk, AnswerKey=BY_PERCENTAGE)
    request_id = qualifications.request(cleo, type_id).public_id
    changed = mturk.update_qualification_type(
        QualificationTypeId=type_id, Test=IN_WORDS, TestDurationInSeconds=60
    )["QualificationType"]
    assert (changed["Test"], "AnswerKey" in changed) == (IN_WORDS, False)
    qualification_tests.submit(cleo, request_id, ticked("n2", "n7", capital="lj"))
    named = {"QualificationTypeId": type_id, "WorkerId": cleo.public_id}
    assert mturk.get_qualification_score(**named)["Qualification"]["IntegerValue"] == 100


def test_test_and_key_are_shown_to_their_owner_alone(
    mturk: Any, mturk_of: Callable[..., Any], ben: Requester
) -> None:
    """mturk-api.md, GetQualificationType [D] [S16]."""
    made = a_type(mturk, Test=CATS, AnswerKey=ANSWER_KEY, TestDurationInSeconds=60)
    type_id, other = made["QualificationTypeId"], mturk_of(ben)
    mine = mturk.get_qualification_type(QualificationTypeId=type_id)["QualificationType"]
    assert (mine["Test"], mine["AnswerKey"]) == (CATS, ANSWER_KEY)
    theirs = other.get_qualification_type(QualificationTypeId=type_id)["QualificationType"]
    (listed,) = other.list_qualification_types(MustBeRequestable=True, Query=made["Name"])[
        "QualificationTypes"
    ]
    for shown in (theirs, listed):
        assert shown["TestDurationInSeconds"] == 60
        assert not {"Test", "AnswerKey"} & shown.keys()
