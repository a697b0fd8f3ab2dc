"""`kempelen publish`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from kempelen.cli import amounts
from kempelen.cli.mturk.options import AsJson, AtOnce, EndpointUrl, ProfileName, Project
from kempelen.cli.mturk.telling import print_json, progress, say
from kempelen.domain.batches.csv_problems import CsvProblems
from kempelen.toolkit import ledger, planning, publishing, stopping
from kempelen.toolkit.connection import AT_ONCE, Connection, connect
from kempelen.toolkit.publishing import Outcome, Plan
from kempelen.toolkit.troubles import Trouble

TemplateFile = Annotated[
    str,
    typer.Argument(
        metavar="TEMPLATE",
        help="An HTML file with ${variables}; or an https:// address that is shown as ExternalQuestion, in "
        "which ${variables} are filled too; or layout:ID.",
    ),
]
DataFile = Annotated[
    Path | None,
    typer.Argument(
        metavar="[DATA]", help="Rows: CSV or JSON Lines. Without it, one HIT.", show_default=False
    ),
]
HitType = Annotated[
    str, typer.Option("--hit-type", metavar="ID", help="An existing HIT type.", show_default=False)
]
Name = Annotated[
    str,
    typer.Option(
        "--name",
        metavar="TEXT",
        help="What the batch is called.  [default: the data’s name]",
        show_default=False,
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Check everything, say what it costs, publish nothing.")
]
Title = Annotated[str | None, typer.Option(help="What workers see first.", show_default=False)]
Description = Annotated[str | None, typer.Option(help="What the work is about.", show_default=False)]
Keywords = Annotated[str | None, typer.Option(help="Words to search for, with commas.", show_default=False)]
Reward = Annotated[
    str | None, typer.Option(metavar="AMOUNT", help="Per assignment, such as 0.05.", show_default=False)
]
Assignments = Annotated[int | None, typer.Option(min=1, help="Workers for each HIT.", show_default=False)]
Lifetime = Annotated[
    str | None, typer.Option(metavar="TIME", help="How long HITs are given out: 7d.", show_default=False)
]
Duration = Annotated[
    str | None, typer.Option(metavar="TIME", help="How long a worker has: 30min.", show_default=False)
]
AutoApproval = Annotated[
    str | None,
    typer.Option(metavar="TIME", help="When answers are approved by themselves: 3d.", show_default=False),
]


def publish(
    template: TemplateFile,
    data: DataFile = None,
    project: Project = None,
    hit_type: HitType = "",
    name: Name = "",
    dry_run: DryRun = False,
    title: Title = None,
    description: Description = None,
    keywords: Keywords = None,
    reward: Reward = None,
    assignments: Assignments = None,
    lifetime: Lifetime = None,
    duration: Duration = None,
    auto_approval: AutoApproval = None,
    at_once: AtOnce = AT_ONCE,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Publish a HIT for each row of a file, over the API.

    What is published is noted in NAME.hits.jsonl in this folder, by which `status`, `results` and others
    know the batch. Ctrl-C, or a network that goes, loses nothing: the same command goes on where it was, and
    makes no HIT twice.

    Examples:

        kempelen publish label.html tweets.csv --title "Label a tweet" --reward 0.05

        kempelen publish label.html tweets.csv --project project.yaml --dry-run

        kempelen publish 'https://example.org/task?item=${id}' items.jsonl --title "Look at an item"
    """
    given: dict[str, Any] = {
        "title": title,
        "description": description,
        "keywords": keywords,
        "reward": reward,
        "assignments": assignments,
        "lifetime": lifetime,
        "duration": duration,
        "auto_approval": auto_approval,
    }
    options = {option: value for option, value in given.items() if value is not None}
    with told_of_rows(data):
        plan = planning.plan(
            template, data, project=project, options=options, hit_type_id=hit_type, name=name, on_warning=say
        )
    if dry_run:
        _tell_plan(plan, as_json=as_json)
    else:
        _tell_outcome(plan, _published(connect(profile, endpoint_url), plan, at_once), as_json=as_json)


@contextmanager
def told_of_rows(data: Path | None) -> Iterator[None]:
    """Say of rows that cannot be used that nothing was published."""
    try:
        yield
    except CsvProblems as problems:
        raise Trouble(f"{data}: nothing was published.\n{problems}") from problems


def _published(connection: Connection, plan: Plan, at_once: int) -> Outcome:
    """Publish what is not there yet; whatever ends it, how to go on is said."""
    found = publishing.begin(connection, plan, ledger.place_of(plan.name))
    how = f"{found.path} has what was made; the same command goes on."
    if found.made:
        say(f"{found.path}: going on after {amounts.counted(len(found.made), 'HIT', 'HITs')}.")
    try:
        with progress("HITs", len(plan.rows), len(found.made)) as moved:
            return publishing.publish(connection, plan, found, at_once=at_once, on_made=moved)
    except KeyboardInterrupt as stop:
        say(f"Stopped. {how}")
        raise typer.Exit(stopping.status_of(stop)) from None
    except Trouble as trouble:
        raise Trouble(f"{trouble}\n{how}") from trouble


def _tell_plan(plan: Plan, *, as_json: bool) -> None:
    """Say what would be published, and what it would cost."""
    properties, cents = plan.properties, plan.cost_cents()
    if as_json:
        print_json(
            {
                "name": plan.name,
                "hits": len(plan.rows),
                "assignments": properties.assignments,
                "reward": properties.reward,
                "cost": f"{cents / 100:.2f}",
            }
        )
        return
    typer.echo(
        f"{amounts.counted(len(plan.rows), 'HIT', 'HITs')} of {properties.assignments} each at "
        f"${properties.reward}: ${cents / 100:,.2f} if all are done and approved. Nothing was published."
    )


def _tell_outcome(plan: Plan, outcome: Outcome, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {"name": plan.name, "file": str(outcome.path), "made": outcome.made, "failed": outcome.failed}
        )
    else:
        hits = amounts.counted(outcome.made, "HIT", "HITs")
        typer.echo(f"{hits} published as “{plan.name}” ({outcome.path}).")
        for row, reason in sorted(outcome.failed.items())[:20]:
            say(f"Row {row}: {reason}")
    if outcome.failed:
        say(f"{len(outcome.failed):,} rows failed; the same command tries them again.")
        raise typer.Exit(1)
