"""HITs for tests of the API, made by boto3 as a script makes them."""

from typing import Any

from tests.domain.api_hits import html_question

PROPERTIES: dict[str, Any] = {
    "Title": "Look at pictures",
    "Description": "Say what you see.",
    "Keywords": "pictures, quick",
    "Reward": "0.05",
    "AssignmentDurationInSeconds": 600,
    "AutoApprovalDelayInSeconds": 3600,
}


def a_hit(mturk: Any, **members: Any) -> dict[str, Any]:
    """A HIT of Ada's with an HTMLQuestion, as CreateHIT gives it; None leaves a member out."""
    given = {**PROPERTIES, "LifetimeInSeconds": 3600, "Question": html_question(), **members}
    made: dict[str, Any] = mturk.create_hit(**{name: its for name, its in given.items() if its is not None})
    hit: dict[str, Any] = made["HIT"]
    return hit
