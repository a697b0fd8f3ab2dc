"""From making a HIT to paying for it: what every program for MTurk does."""

from collections.abc import Callable
from typing import Any

from kempelen.domain.questions import answers
from tests.contract.api.crowd import CrowdWorker
from tests.contract.api.hits import a_hit


def test_an_answer_comes_from_a_worker_to_the_program(mturk: Any, crowd: Callable[..., CrowdWorker]) -> None:
    hit = a_hit(mturk, MaxAssignments=2)
    cleo = crowd("Cleo")
    assignment_id = cleo.answer(hit["HITId"], {"word": "knight", "tag": ["a", "b"]})

    listed = mturk.list_assignments_for_hit(HITId=hit["HITId"])
    (assignment,) = listed["Assignments"]
    assert (assignment["AssignmentId"], assignment["WorkerId"]) == (assignment_id, cleo.id)
    assert assignment["AssignmentStatus"] == "Submitted"
    assert answers.from_xml(assignment["Answer"]) == {"tag": "a|b", "word": "knight"}


def test_a_worker_may_give_a_hit_back_and_is_refused_one_that_is_taken(
    mturk: Any, crowd: Callable[..., CrowdWorker]
) -> None:
    hit = a_hit(mturk)
    cleo, dan = crowd("Cleo"), crowd("Dan")
    mine = cleo.accept(hit["HITId"])
    assert dan.is_refused(hit["HITId"])
    cleo.give_back(mine)
    assert dan.accept_next(hit["HITGroupId"])


def test_large_answers_arrive_whole(mturk: Any, crowd: Callable[..., CrowdWorker]) -> None:
    """Sizes to 10 MB and 5,000 fields; the program reads them back."""
    hit = a_hit(mturk, MaxAssignments=2)
    many = {f"field{number:04}": str(number) for number in range(5_000)}
    vertex = '{"x":1234,"y":567},'
    long = {"taskAnswers": f'[{{"shapes":[{vertex * (10 * 2**20 // len(vertex))}{{}}]}}]'}
    crowd("Cleo").answer(hit["HITId"], many)
    crowd("Dan").answer(hit["HITId"], long)
    first, second = mturk.list_assignments_for_hit(HITId=hit["HITId"])["Assignments"]
    assert answers.from_xml(first["Answer"]) == many
    assert answers.from_xml(second["Answer"]) == long
