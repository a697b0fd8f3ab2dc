"""`kempelen aws-model`."""

import os
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from kempelen.aws import model_folder


class Verb(Enum):
    """What is done with the model."""

    INSTALL = "install"
    PATH = "path"


What = Annotated[
    Verb,
    typer.Argument(
        metavar="VERB",
        help="install: write it to ~/.aws/models, where boto3 and the AWS CLI look. "
        "path: write it to a folder of its own and print that, for AWS_DATA_PATH.",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite files that somebody else has written.")]


def aws_model(verb: What, force: Force = False) -> None:
    """Give boto3 and the AWS CLI Kempelen's model of MTurk, for versions that come without one.

    Examples:

        kempelen aws-model install

        AWS_DATA_PATH=$(kempelen aws-model path) aws mturk list-hits
    """
    models = _own_models() if verb is Verb.PATH else Path.home() / ".aws" / "models"
    try:
        folder, written = model_folder.install(models, overwrites=force or verb is Verb.PATH)
    except model_folder.ForeignFiles as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None
    if verb is Verb.PATH:
        typer.echo(models)
    elif written:
        typer.echo(f"Wrote {', '.join(written)} to {folder}.")
    else:
        typer.echo(f"{folder} is up to date.")


def _own_models() -> Path:
    """A folder of the user's with nothing but our model in it."""
    data_home = os.environ.get("XDG_DATA_HOME", "")
    home = Path(data_home) if data_home.startswith("/") else Path.home() / ".local" / "share"
    return home / "kempelen-aws-models"
