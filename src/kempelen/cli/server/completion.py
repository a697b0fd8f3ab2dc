"""`kempelen completion`."""

from enum import Enum
from typing import Annotated

import typer

from kempelen.cli import completing

Shell = Enum("Shell", {name: name for name in completing.SHELLS})  # type: ignore[misc]
Which = Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")]


def completion(shell: Which) -> None:
    """Print what a shell has to read, so that Tab completes commands, options and their values.

    Examples:

        kempelen completion bash >> ~/.bashrc

        kempelen completion zsh >> ~/.zshrc

        kempelen completion fish > ~/.config/fish/completions/kempelen.fish
    """
    typer.echo(completing.script_for(shell.value))
