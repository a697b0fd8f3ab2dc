"""Amazon's SDK for JavaScript, `@aws-sdk/client-mturk`, in Node, on a HIT's whole way (mturk-api.md §1)."""

import re
from collections.abc import Callable

from kempelen.domain.questions import answers
from tests.contract.api.crowd import CrowdWorker
from tests.contract.api.programs import Program, javascript, shell
from tests.domain.api_hits import html_question

__all__ = ["javascript", "shell"]


def test_javascript_makes_hits_and_reads_what_it_made(javascript: Program) -> None:
    published = javascript("publish", question=html_question(), count=1)
    hit = published["hit"]
    assert (published["balance"], published["isDate"]) == ("10000.00", True)
    assert (hit["Reward"], hit["RequesterAnnotation"], hit["Question"]) == ("0.15", "row 1", html_question())
    assert hit["Description"].endswith("naïve, ♞.")
    (requirement,) = hit["QualificationRequirements"]
    assert requirement["IntegerValues"] == [0]


def test_javascript_turns_the_pages_of_a_list(javascript: Program) -> None:
    """The SDK's paginator goes on while there is a token; the last page has none and no items (§2.0)."""
    made = javascript("publish", question=html_question(), count=5)["made"]
    pages = javascript("list", pageSize=2)
    assert [hit for page in pages for hit in page][:5] == made[::-1]
    assert pages[-1] == []
    assert {len(page) for page in pages[:2]} == {2}


def test_javascript_reads_approves_and_pays(javascript: Program, crowd: Callable[..., CrowdWorker]) -> None:
    (hit_id,) = javascript("publish", question=html_question(), count=1)["made"]
    crowd().answer(hit_id, {"comment": "a knight"})
    reviewed = javascript("review", hitId=hit_id)
    assert answers.from_xml(reviewed["answer"]) == {"comment": "a knight"}
    assert (reviewed["status"], reviewed["feedback"]) == ("Approved", "Danke schön")


def test_javascript_tells_the_families_of_errors_apart_and_repeats_none(javascript: Program) -> None:
    """§1.3: three families, each with a message member of its own; none is worth another try."""
    missing, unknown, invalid = javascript("refused", hitId="3NOSUCHHIT", maxResults=101)
    assert missing["isRequestError"]
    assert (missing["name"], missing["code"]) == ("RequestError", "AWS.MechanicalTurk.HITDoesNotExist")
    assert re.fullmatch(r"Hit 3NOSUCHHIT does not exist\. \(\d{13} s\)", missing["message"])
    assert unknown["name"] == "ParameterValidationError"
    assert unknown["message"].startswith(
        'The value "A1NOBODYHERE" is not valid for the parameter WorkerId. ('
    )
    assert invalid["name"] == "ValidationException"
    assert "'maxResults' failed to satisfy constraint" in invalid["message"]
    assert [(one["status"], one["attempts"]) for one in (missing, unknown, invalid)] == [(400, 1)] * 3
