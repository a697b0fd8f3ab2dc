"""`kempelen status`."""

from collections import Counter
from typing import Annotated, Any

import typer

from kempelen.cli import amounts
from kempelen.cli.mturk.options import AsJson, EndpointUrl, ProfileName
from kempelen.cli.mturk.telling import print_json
from kempelen.toolkit import collecting, ledger
from kempelen.toolkit.connection import connect

BatchNames = Annotated[
    list[str], typer.Argument(metavar="BATCH…", help="Batches, by name or file.", show_default=False)
]


def status(
    batch: BatchNames,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Say how far batches are: HITs by status, and places left, in work, to review and reviewed.

    Examples:

        kempelen status tweets

        kempelen status tweets --json
    """
    connection = connect(profile, endpoint_url)
    said = []
    for name in batch:
        found = ledger.read(ledger.find(name))
        hits = collecting.hits(connection, list(found.by_hit()))
        said.append(
            {"name": found.head.name, "rows": found.head.rows, "made": len(found.made), **figures(hits)}
        )
    if as_json:
        print_json(said if len(said) > 1 else said[0])
        return
    for each in said:
        _tell(each)


def figures(hits: list[dict[str, Any]]) -> dict[str, Any]:
    """Give HITs in figures."""
    reviewed = sum(hit["NumberOfAssignmentsCompleted"] for hit in hits)
    submitted = sum(map(collecting.submitted_count, hits))
    return {
        "hits": len(hits),
        "by_status": dict(Counter(str(hit["HITStatus"]) for hit in hits)),
        "places": sum(hit["MaxAssignments"] for hit in hits),
        "left": sum(hit["NumberOfAssignmentsAvailable"] for hit in hits),
        "in_work": sum(hit["NumberOfAssignmentsPending"] for hit in hits),
        "to_review": submitted - reviewed,
        "reviewed": reviewed,
    }


def _tell(said: dict[str, Any]) -> None:
    typer.echo(f"{said['name']}: {amounts.counted(said['hits'], 'HIT', 'HITs')} of {said['rows']:,} rows")
    if said["made"] < said["rows"]:
        typer.echo(
            f"  {said['rows'] - said['made']:,} rows are not published yet: `kempelen publish` goes on."
        )
    for name, count in sorted(said["by_status"].items()):
        typer.echo(f"  {name:14}{count:>10,}")
    typer.echo(f"  {'places':14}{said['places']:>10,}")
    for name in ("left", "in_work", "to_review", "reviewed"):
        typer.echo(f"    {name.replace('_', ' '):12}{said[name]:>10,}")
