"""`kempelen block`."""

from functools import partial
from typing import Annotated

import typer

from kempelen.cli.mturk.options import AsJson, AtOnce, EndpointUrl, ProfileName
from kempelen.cli.mturk.telling import end_with, print_json, progress, tell_table
from kempelen.cli.mturk.workers_of import WorkerIds, WorkersFile, worker_ids
from kempelen.toolkit import changing, workforce
from kempelen.toolkit.connection import AT_ONCE, connect
from kempelen.toolkit.troubles import Trouble

Reason = Annotated[
    str, typer.Option(metavar="TEXT", help="Why; for you, workers do not read it.", show_default=False)
]
ListThem = Annotated[bool, typer.Option("--list", help="Only say who is blocked, and why.")]


def block(
    ids: WorkerIds = None,
    reason: Reason = "",
    file: WorkersFile = None,
    list_them: ListThem = False,
    at_once: AtOnce = AT_ONCE,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Keep workers from all your HITs. What they have submitted stays; `unblock` lets them in again.

    Examples:

        kempelen block A2EXAMPLE --reason "Answers at random."

        kempelen block --list
    """
    connection = connect(profile, endpoint_url)
    if list_them:
        found = workforce.blocked(connection)
        if as_json:
            print_json(found)
        else:
            rows = [{"worker": worker, "reason": why} for worker, why in found.items()]
            tell_table(rows, "Nobody is blocked.")
        return
    wanted = worker_ids(connection, ids, file)
    if not reason:
        raise Trouble("Why? MTurk asks for a --reason, which only you read. Nobody was blocked.")
    jobs = [(one, partial(workforce.block, connection, one, reason)) for one in wanted]
    with progress("blocked", len(jobs)) as moved:
        summary = changing.each(jobs, at_once=at_once, on_done=moved)
    end_with(summary, "blocked", as_json=as_json)
