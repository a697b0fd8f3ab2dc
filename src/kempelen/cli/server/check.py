"""`kempelen check`."""

import typer

from kempelen.cli.options import DataDir
from kempelen.config import checks


def check(data_dir: DataDir = None) -> None:
    """Say what a server that strangers reach still lacks, each line with its remedy.

    Exit status 1 if there is an error; warnings may be meant.
    """
    found = checks.findings()
    for finding in found:
        typer.echo(f"{'error' if finding.is_error else 'warning'}: {finding.text}")
    if not found:
        typer.echo("All is well.")
    if any(finding.is_error for finding in found):
        raise typer.Exit(1)
