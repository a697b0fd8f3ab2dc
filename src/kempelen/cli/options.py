"""Options that mean the same in every command."""

from pathlib import Path
from typing import Annotated

import typer

# Read before the command itself, by `kempelen.cli.start`.
DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", help="The data folder.  [default: KEMPELEN_DATA_DIR, else one of your own]"),
]
RequesterSlug = Annotated[
    str,
    typer.Option("--requester", help="The requester, by its name in addresses.  [default: the first one]"),
]
MemberName = Annotated[
    str,
    typer.Option("--user", help="Whose key, by the name they log in with.  [default: the requester's owner]"),
]
Host = Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 for all of this machine's.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on; 0 for any that is free.")]
Workers = Annotated[int, typer.Option(min=1, max=64, help="How many processes answer requests.")]
