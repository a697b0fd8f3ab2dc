"""Options that mean the same in every command that speaks the API."""

from pathlib import Path
from typing import Annotated

import typer

from kempelen.toolkit.connection import MOST_AT_ONCE

ProfileName = Annotated[
    str,
    typer.Option("--profile", metavar="NAME", help="The profile of the server to call.", show_default=False),
]
EndpointUrl = Annotated[
    str, typer.Option("--endpoint-url", metavar="URL", help="The server to call.", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
AtOnce = Annotated[
    int, typer.Option("--at-once", min=1, max=MOST_AT_ONCE, help="How many calls are under way at once.")
]
BatchName = Annotated[
    str, typer.Argument(metavar="BATCH", help="A batch’s name, or its file NAME.hits.jsonl.")
]
Project = Annotated[
    Path | None,
    typer.Option(
        "--project",
        metavar="FILE",
        help="Properties, YAML or TOML.  [default: project.yaml or project.toml beside the template, if any]",
        show_default=False,
    ),
]
