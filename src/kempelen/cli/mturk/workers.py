"""`kempelen workers`."""

from typing import Annotated, Any

import typer

from kempelen.cli.mturk.options import AsJson, EndpointUrl, ProfileName
from kempelen.cli.mturk.telling import print_json, tell_table
from kempelen.cli.mturk.workers_of import assignments_of
from kempelen.toolkit import workforce
from kempelen.toolkit.connection import connect
from kempelen.toolkit.workforce import Record

Batches = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[BATCH…]", help="Batches, by name or file; without any, all HITs.", show_default=False
    ),
]


def workers(
    batch: Batches = None,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Say who worked: answers by status, how many of a hundred reviewed ones were approved, median seconds.

    Whoever did most comes first. Only what was submitted for you counts.

    Examples:

        kempelen workers tweets

        kempelen workers --json
    """
    found = workforce.records(assignments_of(connect(profile, endpoint_url), batch or []))
    if as_json:
        print_json([_said(one) for one in found])
    else:
        tell_table([_said(one) for one in found], "Nobody has submitted anything yet.")


def _said(one: Record) -> dict[str, Any]:
    return {
        "worker": one.worker_id,
        "submitted": one.submitted,
        "approved": one.by_status["Approved"],
        "rejected": one.by_status["Rejected"],
        "to_review": one.by_status["Submitted"],
        "approval_rate": one.approval_rate,
        "median_seconds": one.median_seconds,
    }
