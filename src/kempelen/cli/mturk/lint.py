"""`kempelen lint`."""

from pathlib import Path
from typing import Annotated

import typer

from kempelen.cli.mturk.options import AsJson
from kempelen.cli.mturk.telling import print_json, say
from kempelen.toolkit import linting

Template = Annotated[Path, typer.Argument(metavar="TEMPLATE", help="The template, an HTML file.")]
Data = Annotated[
    Path | None,
    typer.Argument(metavar="[DATA]", help="The rows it is for: CSV or JSON Lines.", show_default=False),
]


def lint(template: Template, data: Data = None, as_json: AsJson = False) -> None:
    """Say line by line what will not work in a template, and what its variables lack in a file of rows.

    The exit status is 1 if there is an error; warnings and hints keep nobody from publishing. No server is
    asked.

    Examples:

        kempelen lint label.html tweets.csv

        kempelen lint label.html --json
    """
    found = linting.findings(template, data)
    errors = sum(one.level == "error" for one in found)
    if as_json:
        print_json([one._asdict() for one in found])
    else:
        for one in found:
            typer.echo(f"{template}:{one.line}: {one.level}: {one.message}")
        if not found:
            say(f"{template}: nothing to say.")
    if errors:
        raise typer.Exit(1)
