"""`kempelen dump-results`."""

from pathlib import Path
from typing import Annotated

import typer

from kempelen.cli import amounts, choices, dumping, start
from kempelen.cli.options import DataDir, RequesterSlug

TemplateFile = Annotated[
    str, typer.Argument(metavar="TEMPLATE", help="The template's file, or '*' for every template.")
]
OutFile = Annotated[
    str,
    typer.Argument(
        metavar="OUT", help="The CSV file to write, or - for the terminal; with '*', how files begin."
    ),
]
SpreadsheetSafe = Annotated[
    bool, typer.Option("--spreadsheet-safe", help="Put a ' before cells that Excel would run as formulas.")
]
Masks = Annotated[
    bool, typer.Option("--masks", help="Also write the masks of segmentations: <OUT>-masks.zip.")
]


def dump_results(
    template: TemplateFile,
    out: OutFile,
    spreadsheet_safe: SpreadsheetSafe = False,
    masks: Masks = False,
    requester: RequesterSlug = "",
    data_dir: DataDir = None,
) -> None:
    """Write the answers to all batches of a template, in the columns of MTurk's results files.

    Works while people work, with or without a server running. Without answers it writes a header only.

    Examples:

        kempelen dump-results label.html results.csv

        kempelen dump-results '*' results/

        kempelen dump-results segment.html results.csv --masks
    """
    start.database()
    typer.echo(f"Data folder: {start.data_place()}", err=True)
    asking = choices.requester(requester)
    if template == dumping.ALL:
        dumped = list(dumping.every_template(asking, out))
    else:
        dumped = [(dumping.template_of_file(asking, Path(template)), out)]
    for each, file in dumped:
        count = dumping.dump(each, file, spreadsheet_safe=spreadsheet_safe)
        batches = amounts.counted(count, "batch", "batches")
        typer.echo(f"{file}: “{each.name}”, {batches}", err=True)
        if masks:
            typer.echo(f"{dumping.dump_masks(each, file)}: masks of “{each.name}”", err=True)
