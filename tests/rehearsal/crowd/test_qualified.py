"""Work that requires something: some hold it, some take its test, others stay out."""

from collections import Counter
from typing import Any

from kempelen.rehearsal.crowd.crowds import Crowd
from kempelen.rehearsal.server import Server
from tests.contract.api.qualification_types import ANSWER_KEY, TEST, a_type
from tests.rehearsal.crowd.conftest import Publish
from tests.rehearsal.crowd.test_crowds import AT_ONCE

LOCALE = "00000000000000000071"


def a_plan(**of_crowd: Any) -> dict[str, Any]:
    knowing = {"skill": 1, "tasks": 99, "abandons": 0, "asks": 1, "test_skill": 1}
    kinds = {"knowing": knowing, "guessing": {**knowing, "test_skill": 0}, "shy": {**knowing, "asks": 0}}
    return {"workers": 6, "span": 0, "looks": 3, "looks_after": 0, "fit": False, "kinds": kinds, **of_crowd}


def done_by(crowd: Crowd) -> Counter[str]:
    """How much each kind did."""
    assert crowd.last
    kinds = {person.number: person.kind_name for person, _ in crowd.people}
    return Counter(kinds[one.worker] for one in crowd.last.submitted())


def test_who_knows_the_answers_passes_the_test_and_works(throwaway: Server, publish: Publish) -> None:
    tested = a_type(throwaway.client(), Test=TEST, AnswerKey=ANSWER_KEY, TestDurationInSeconds=600)
    kind_id = tested["QualificationTypeId"]
    wanted = {"QualificationTypeId": kind_id, "Comparator": "EqualTo", "IntegerValues": [1]}
    batch = publish(3, title="Tested", assignments=2, requirements=[wanted])
    plan = a_plan(tests={"Which of them is a cat?": "Tom"})
    with Crowd(throwaway, plan, seed=2, speed=AT_ONCE) as crowd:
        report, _ = crowd.work_on(crowd.published(batch))
        assert done_by(crowd) == {"knowing": 6}
    assert any("lacked a qualification" in one.what for one in report.findings)


def test_who_holds_a_qualification_or_lives_there_works(throwaway: Server, publish: Publish) -> None:
    kind_id = a_type(throwaway.client())["QualificationTypeId"]
    held = {"QualificationTypeId": kind_id, "Comparator": "GreaterThan", "IntegerValues": [50]}
    there = {"QualificationTypeId": LOCALE, "Comparator": "EqualTo", "LocaleValues": [{"Country": "DE"}]}
    batch = publish(2, title="Held", assignments=1, requirements=[held, there])
    plan = a_plan(holds={kind_id: {"share": 1, "score": 80}}, countries={"DE": 1})
    with Crowd(throwaway, plan, seed=2, speed=AT_ONCE) as crowd:
        assert crowd.work_on(crowd.published(batch))[0].answers == 2
    strangers = a_plan(holds={kind_id: {"share": 1, "score": 80}}, countries={"FR": 1})
    batch = publish(3, title="Held elsewhere", assignments=1, requirements=[held, there])
    with Crowd(throwaway, strangers, seed=2, speed=AT_ONCE) as crowd:
        assert crowd.work_on(crowd.published(batch))[0].answers == 0
