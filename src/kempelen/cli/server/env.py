"""`kempelen env`."""

import json as json_format
import shlex
from typing import Annotated

import typer

from kempelen.cli import aws_environment, choices, start
from kempelen.cli.options import DataDir, MemberName, RequesterSlug

AsJson = Annotated[bool, typer.Option("--json", help="For programs: one JSON object.")]


def env(
    requester: RequesterSlug = "", user: MemberName = "", json: AsJson = False, data_dir: DataDir = None
) -> None:
    """Print lines for a shell, after which boto3, aws and other AWS SDKs call this server.

    They hold an access key and its secret: the member's newest one that works, or a new one.

    Example:

        eval "$(kempelen env)"; aws mturk list-hits
    """
    start.database()
    variables = aws_environment.variables(choices.member(choices.requester(requester), user))
    if json:
        typer.echo(json_format.dumps(variables, indent=2))
        return
    for name, value in variables.items():
        typer.echo(f"export {name}={shlex.quote(value)}")
    # One of Amazon's would go along with our key.
    typer.echo("unset AWS_SESSION_TOKEN")
