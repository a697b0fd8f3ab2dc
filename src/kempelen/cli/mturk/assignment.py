"""`kempelen assignment`."""

from typing import Annotated

import typer

from kempelen.cli.mturk.options import AsJson, EndpointUrl, ProfileName
from kempelen.cli.mturk.telling import print_json, tell_fields
from kempelen.domain.questions import answers
from kempelen.toolkit.connection import connect

AssignmentId = Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="Its id.")]


def assignment(
    assignment_id: AssignmentId,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Show an assignment that was submitted: who did it, when, what became of it, and its answers.

    Example:

        kempelen assignment 3X4JMASXCM8CEX94IM0KEYA --json
    """
    found = connect(profile, endpoint_url).call("GetAssignment", AssignmentId=assignment_id)["Assignment"]
    given = answers.from_xml(found.get("Answer", ""))
    if as_json:
        print_json(found | {"Answers": given})
        return
    tell_fields({name: value for name, value in found.items() if name != "Answer"})
    typer.echo("")
    tell_fields(given)
