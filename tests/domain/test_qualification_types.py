"""mturk-api.md, CreateQualificationType, UpdateQualificationType, DeleteQualificationType."""

from typing import Any

import pytest

from kempelen.domain.actions import qualification_types, qualifications
from kempelen.domain.actions.qualification_types import TypeProperties
from kempelen.domain.errors import InvalidValue, NameTaken, NotFound, WrongState
from kempelen.domain.models import Event, QualificationRequest, QualificationType, Requester, Worker
from kempelen.domain.queries import standing
from tests.domain.questions import fixtures

TEST = fixtures.valid("test")
ANSWER_KEY = fixtures.valid("key_percentage")
OTHER_KEY = ANSWER_KEY.replace(">capital<", ">province<")
TESTED: dict[str, Any] = {"test": TEST, "test_duration_seconds": 60}


def made(requester: Requester, name: str = "Cats", **properties: Any) -> QualificationType:
    given: Any = {"name": name, "description": "Knows cats.", "status": "Active", **properties}
    return qualification_types.create(requester, given)


def changed(kind: QualificationType, **properties: Any) -> QualificationType:
    assert kind.requester
    given: TypeProperties = properties  # type: ignore[assignment]
    return qualification_types.update(kind.requester, kind.public_id, given)


def test_a_name_is_unique_among_the_requesters_types(ada: Requester, ben: Requester) -> None:
    kind = made(ada)
    made(ben)
    with pytest.raises(NameTaken):
        made(ada, status="Inactive")
    qualification_types.dispose(ada, kind.public_id)
    made(ada)


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ({"test": TEST}, "TestDurationInSeconds"),
        ({"answer_key": ANSWER_KEY}, "needs a Test"),
        ({**TESTED, "is_auto_granted": True}, "cannot be AutoGranted"),
        ({**TESTED, "test": "<a/>"}, "XML"),
        ({**TESTED, "test": "What?"}, "XML"),
        ({**TESTED, "answer_key": TEST}, "XML"),
        ({**TESTED, "answer_key": OTHER_KEY}, "The Test has no question 'province' of its AnswerKey."),
        ({"name": " "}, "needs a name"),
        ({"name": "a\0"}, "not valid"),
        ({"description": "x" * 2001}, "at most 2,000"),
        ({"auto_granted_value": 2**31}, "range"),
        ({"retry_delay_seconds": -1}, "range"),
    ],
)
def test_a_type_that_makes_no_sense_is_refused(
    ada: Requester, properties: dict[str, Any], reason: str
) -> None:
    with pytest.raises(InvalidValue) as refused:
        made(ada, **properties)
    assert reason in f"{refused.value} {refused.value.mturk_message}"
    assert not QualificationType.objects.exists()


def test_an_auto_granted_value_is_1_where_none_is_given(ada: Requester) -> None:
    assert made(ada, is_auto_granted=True).auto_granted_value == 1
    assert made(ada, "Dogs").auto_granted_value is None


def test_a_new_test_takes_the_answer_key_away(ada: Requester) -> None:
    kind = made(ada, **TESTED, answer_key=ANSWER_KEY)
    assert changed(kind, description="Knows all cats.").answer_key == ANSWER_KEY
    assert changed(kind, test=TEST).answer_key == ""
    assert changed(kind, answer_key=ANSWER_KEY).answer_key == ANSWER_KEY


def test_a_new_answer_key_is_held_against_the_test_that_is_there(ada: Requester) -> None:
    kind = made(ada, **TESTED)
    with pytest.raises(InvalidValue, match="no question 'province'"):
        changed(kind, answer_key=OTHER_KEY)


def test_a_test_stays_and_keeps_a_type_from_being_auto_granted(ada: Requester) -> None:
    kind = made(ada, **TESTED)
    with pytest.raises(InvalidValue, match="cannot be taken away"):
        changed(kind, test="")
    with pytest.raises(InvalidValue, match="AutoGranted"):
        changed(kind, is_auto_granted=True)


def test_name_and_keywords_stay(ada: Requester) -> None:
    kind = changed(made(ada, keywords="pets"), name="Dogs", keywords="walks", retry_delay_seconds=60)
    assert (kind.name, kind.keywords, kind.retry_delay_seconds) == ("Cats", "pets", 60)


def test_somebody_elses_type_does_not_exist(ada: Requester, ben: Requester) -> None:
    kind = made(ada)
    for act in (qualification_types.dispose, lambda of, id_: qualification_types.update(of, id_, {})):
        with pytest.raises(NotFound):
            act(ben, kind.public_id)


def test_deleting_a_type_refuses_what_is_open_and_keeps_what_is_granted(
    ada: Requester, cleo: Worker, dan: Worker
) -> None:
    kind = made(ada)
    qualifications.associate(ada, kind.public_id, cleo.public_id, value=7)
    asked = qualifications.request(dan, kind.public_id)
    qualification_types.dispose(ada, kind.public_id)
    asked.refresh_from_db()
    assert asked.status == QualificationRequest.Status.REJECTED
    assert standing.facts(cleo, [kind.public_id])[kind.public_id].value == 7
    with pytest.raises(WrongState) as refused:
        qualification_types.dispose(ada, kind.public_id)
    assert refused.value.mturk_message == "This operation can be called with a status of: Active,Inactive"
    kinds = Event.objects.filter(kind__startswith="Qualification").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == [
        "QualificationTypeCreated",
        "QualificationGranted",
        "QualificationRequested",
        "QualificationRequestRejected",
        "QualificationTypeDisposed",
    ]
