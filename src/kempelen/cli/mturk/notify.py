"""`kempelen notify`."""

from typing import Annotated

import typer

from kempelen.cli import amounts
from kempelen.cli.mturk.options import AsJson, EndpointUrl, ProfileName
from kempelen.cli.mturk.telling import end_with, print_json
from kempelen.cli.mturk.workers_of import WhoWorked, WorkerIds, WorkersFile, worker_ids
from kempelen.toolkit import letters, workforce
from kempelen.toolkit.connection import connect
from kempelen.toolkit.troubles import Trouble

Subject = Annotated[
    str, typer.Option(metavar="TEXT", help="What it is about, 200 characters at most.", show_default=False)
]
Message = Annotated[
    str, typer.Option(metavar="TEXT", help="What it says, 4,096 characters at most.", show_default=False)
]
Again = Annotated[
    bool, typer.Option("--again", help="Also to those who got the very same message within a day.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say to how many, and write to none.")]


def notify(
    ids: WorkerIds = None,
    subject: Subject = "",
    message: Message = "",
    file: WorkersFile = None,
    batch: WhoWorked = "",
    again: Again = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Write to workers who have worked for you.

    Whoever got the very same message within a day, from this machine, is not written to again: so an
    interrupted run is gone on with by the same command.

    Examples:

        kempelen notify A2EXAMPLE --subject "New tweets" --message "There is more to label."

        kempelen notify --batch tweets --subject "Thank you" --message "All is approved." --dry-run
    """
    if not subject or not message:
        raise Trouble("What is to be said? Give --subject and --message. Nothing was sent.")
    connection = connect(profile, endpoint_url)
    wanted = worker_ids(connection, ids, file, batch)
    if not dry_run:
        with letters.of(connection, subject, message, forgets=again) as kept:
            summary = workforce.notify(connection, wanted, subject, message, kept)
        end_with(summary, "written to", as_json=as_json)
    elif as_json:
        print_json({"would": wanted})
    else:
        typer.echo(f"{amounts.counted(len(wanted), 'worker', 'workers')} would be written to.")
