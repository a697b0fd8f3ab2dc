"""Qualification types for tests of the API, made by boto3."""

import uuid
from typing import Any

NAMESPACES = "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas"
TEST = (
    f'<QuestionForm xmlns="{NAMESPACES}/2017-11-06/QuestionForm.xsd"><Question><QuestionIdentifier>cat'
    "</QuestionIdentifier><QuestionContent><Text>Which of them is a cat?</Text></QuestionContent>"
    "<AnswerSpecification><SelectionAnswer><Selections><Selection><SelectionIdentifier>tom"
    "</SelectionIdentifier><Text>Tom</Text></Selection><Selection><SelectionIdentifier>jerry"
    "</SelectionIdentifier><Text>Jerry</Text></Selection></Selections></SelectionAnswer>"
    "</AnswerSpecification></Question></QuestionForm>"
)
ANSWER_KEY = (
    f'<AnswerKey xmlns="{NAMESPACES}/2005-10-01/AnswerKey.xsd"><Question><QuestionIdentifier>cat'
    "</QuestionIdentifier><AnswerOption><SelectionIdentifier>tom</SelectionIdentifier><AnswerScore>1"
    "</AnswerScore></AnswerOption></Question></AnswerKey>"
)


def a_name(stem: str = "Cats") -> str:
    """A name that no other run has given."""
    return f"{stem} {uuid.uuid4().hex[:12]}"


def a_type(mturk: Any, **members: Any) -> dict[str, Any]:
    """A qualification type, as CreateQualificationType gives it."""
    given = {
        "Name": a_name(),
        "Description": "Knows cats by their names.",
        "QualificationTypeStatus": "Active",
        **members,
    }
    made: dict[str, Any] = mturk.create_qualification_type(**given)["QualificationType"]
    return made


def refusal(refused: Any) -> tuple[str, str]:
    """The code and the message of what a client raised, less the time at the message's end."""
    response = refused.value.response
    message = response["Error"]["Message"].rpartition(" (")[0]
    return response.get("TurkErrorCode") or response["Error"]["Code"], message
