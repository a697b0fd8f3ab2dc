"""`kempelen crowd-elements`."""

import typer

from kempelen.crowd import bundle


def crowd_elements() -> None:
    """Print the script of our Crowd HTML Elements: one file that needs nothing else, for use anywhere.

    Example:

        kempelen crowd-elements > crowd-html-elements.js
    """
    typer.echo(bundle.bundle(), nl=False)
