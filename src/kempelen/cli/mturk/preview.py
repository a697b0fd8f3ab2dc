"""`kempelen preview`."""

import threading
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from kempelen.cli.mturk.options import AsJson, Project
from kempelen.cli.mturk.telling import print_json, say
from kempelen.toolkit import sources
from kempelen.toolkit.preview.reading import Files
from kempelen.toolkit.preview.running import running
from kempelen.toolkit.troubles import Trouble

Template = Annotated[
    str,
    typer.Argument(
        metavar="TEMPLATE",
        help="An HTML file with ${variables} or in Liquid, a question document (XML), or the https:// "
        "address of a page of yours.",
    ),
]
Data = Annotated[
    Path | None, typer.Argument(metavar="[DATA]", help="Rows: CSV or JSON Lines.", show_default=False)
]
Port = Annotated[
    int,
    typer.Option(
        min=0,
        max=65534,
        help="Where the page is on this machine; tasks have the next port.  0: any that is free.",
    ),
]
Open = Annotated[bool, typer.Option("--open", help="Open it in the browser.")]


def preview(
    template: Template,
    data: Data = None,
    project: Project = None,
    port: Port = 0,
    open: Open = False,
    as_json: AsJson = False,
) -> None:
    """Show a template as a worker would see it, and anew whenever a file changes.

    No server and no account is needed, nothing is published, and what is sent in the task is shown and not
    kept. The page goes through the rows, says what is wrong with template and rows, and what an answer would
    be. Ctrl-C ends it.

    Examples:

        kempelen preview label.html tweets.csv --open

        kempelen preview label.html tweets.csv --port 8900
    """
    files = Files(template, data, project)
    if template.startswith(sources.LAYOUT):
        raise Trouble("A layout is on its server; preview the file that it was made from.")
    for path in (files.template, data, project):
        if path is not None and not path.is_file():
            raise Trouble(f"There is no file {path}.")
    with running(files, port) as address:
        if as_json:
            print_json({"address": address})
        else:
            typer.echo(address)
        say(f"This shows {template}, and changes with it. Ctrl-C ends it.")
        if open and not webbrowser.open(address):
            say("No browser could be opened: open the address yourself.")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            say("")
