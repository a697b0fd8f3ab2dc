"""`kempelen rehearse`."""

import contextlib
import os
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from kempelen.cli import rehearsing
from kempelen.cli.mturk.options import AsJson, EndpointUrl, ProfileName, Project
from kempelen.cli.mturk.publish import Assignments, Duration, Reward, Title
from kempelen.cli.mturk.telling import print_json, say
from kempelen.cli.rehearsing import Asked
from kempelen.rehearsal.crowd import report_pages, telling
from kempelen.rehearsal.crowd.reports import Report
from kempelen.rehearsal.server import Server
from kempelen.toolkit import quantities, stopping
from kempelen.toolkit.troubles import Trouble

Template = Annotated[
    str | None,
    typer.Argument(
        metavar="[TEMPLATE]", help="What `publish` takes; left out with --batch.", show_default=False
    ),
]
Data = Annotated[
    Path | None, typer.Argument(metavar="[DATA]", help="Rows: CSV or JSON Lines.", show_default=False)
]
Workers = Annotated[
    int | None,
    typer.Option(
        min=1, max=10_000, help="How many workers.  [default: as planned, or 50]", show_default=False
    ),
]
Seed = Annotated[int, typer.Option(help="The same seed gives the same report.")]
PlanFile = Annotated[
    Path | None,
    typer.Option(
        "--plan", metavar="FILE", help="Who comes and how they work, YAML or JSON.", show_default=False
    ),
]
Truth = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FIELD=COLUMN",
        help="The column of the data that says what is right for a field. Columns called gold.FIELD do so "
        "by themselves.",
        show_default=False,
    ),
]
Rules = Annotated[
    list[str] | None,
    typer.Option(
        "--rule",
        metavar="RULE",
        help="What good work is, as for `approve`: majority:FIELD, gold:FIELD=COLUMN, time:5s, "
        "expr:EXPRESSION.",
        show_default=False,
    ),
]
Until = Annotated[
    str | None,
    typer.Option(metavar="TIME", help="End after so much simulated time: 3d.", show_default=False),
]
Fair = Annotated[str, typer.Option(metavar="AMOUNT", help="What an hour should bring.")]
InBrowser = Annotated[
    int, typer.Option("--browser", min=0, metavar="COUNT", help="So many of the workers use a real Chromium.")
]
Join = Annotated[
    bool, typer.Option("--join", help="At the sandbox server of the profile, not at a throw-away one.")
]
Batch = Annotated[
    str, typer.Option("--batch", metavar="BATCH", help="With --join: a batch that is published there.")
]
EachWorker = Annotated[bool, typer.Option("--each", help="Tell of each worker too.")]
ReportFile = Annotated[
    Path | None,
    typer.Option(
        "--report", metavar="FILE", help="Write the report there too: .html or .md.", show_default=False
    ),
]
Review = Annotated[
    bool, typer.Option("--review", help="With --join: also approve and reject as the rules say.")
]
Keep = Annotated[bool, typer.Option("--keep", help="Leave the server running to look around, until Ctrl-C.")]


def rehearse(
    template: Template = None,
    data: Data = None,
    project: Project = None,
    title: Title = None,
    reward: Reward = None,
    assignments: Assignments = None,
    duration: Duration = None,
    workers: Workers = None,
    seed: Seed = 7,
    plan: PlanFile = None,
    truth: Truth = None,
    rule: Rules = None,
    until: Until = None,
    fair: Fair = "7.25",
    in_browser: InBrowser = 0,
    each: EachWorker = False,
    report: ReportFile = None,
    keep: Keep = False,
    join: Join = False,
    batch: Batch = "",
    review: Review = False,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Try a batch out: simulated workers do it, and a report tells of cost, time, quality and pay.

    A throw-away server is started, the HITs are published on it, and workers of several kinds find, accept,
    fill in and submit them over its pages, while its clock is moved. Nothing leaves this machine.

    Examples:

        kempelen rehearse label.html tweets.csv --reward 0.05 --assignments 3

        kempelen rehearse label.html tweets.csv --workers 200 --rule majority:label --rule time:5s --seed 7

        kempelen rehearse --join --profile lab --batch tweets
    """
    given = {"title": title, "reward": reward, "assignments": assignments, "duration": duration}
    options = {name: value for name, value in given.items() if value is not None}
    _check(template, batch, report, join=join, keep=keep)
    asked = Asked(
        seed=seed,
        workers=workers,
        plan=plan,
        truth=truth or (),
        rules=rule or (),
        until=until,
        fair_cents=_cents(fair),
        in_browser=in_browser,
        reviews=review or not join,
    )
    # Files with faults are told of before a server is begun.
    made = None if batch else rehearsing.to_publish(template or "", data, project, options)
    rehearsing.check(asked, made)
    tell = partial(_tell, file=report, as_json=as_json, each=each)
    with rehearsing.joined(profile, endpoint_url) if join else _throwaway() as server:
        tell(rehearsing.rehearsed(server, asked, made, batch))
        if keep:
            _stay(server)


@contextlib.contextmanager
def _throwaway() -> Iterator[Server]:
    """Start a server that is thrown away in the end, also when somebody says stop: nothing goes on then."""
    try:
        with rehearsing.throwaway() as server:
            yield server
    except KeyboardInterrupt as stop:
        say("Stopped. The server and its HITs are gone; the same command begins anew.")
        raise typer.Exit(stopping.status_of(stop)) from None


def _check(template: str | None, batch: str, file: Path | None, *, join: bool, keep: bool) -> None:
    """Refuse what does not go together."""
    if batch and not join:
        raise Trouble("--batch names what is published already: say --join, and at which server (--profile).")
    if bool(batch) == bool(template):
        raise Trouble("What is to be rehearsed? Name a template and its data, or with --join a --batch.")
    if keep and join:
        raise Trouble("--keep is for the throw-away server; one that is joined stays anyway.")
    if file is not None and file.suffix not in (".html", ".md"):
        raise Trouble(f"{file}: a report is written as .html or .md.")
    if file is not None and (file.is_dir() or not os.access(file if file.exists() else file.parent, os.W_OK)):
        raise Trouble(f"{file} cannot be written. Is there such a folder, and is it yours?")


def _cents(text: str) -> int:
    try:
        return quantities.cents(text)
    except ValueError as error:
        raise Trouble(f"--fair: {error}") from error


def _tell(found: Report, *, file: Path | None, as_json: bool, each: bool) -> None:
    if file is not None:
        make = report_pages.html if file.suffix == ".html" else report_pages.markdown
        file.write_text(make(found), encoding="utf-8")
        say(f"{file} has the report.")
    if as_json:
        print_json(found.as_json())
    else:
        typer.echo("\n".join(telling.lines(found, with_workers=each)))


def _stay(server: Server) -> None:
    """Keep the server until Ctrl-C."""
    say(f"\nThe server stays at {server.url} until Ctrl-C. To come in as its requester:")
    say(f"  kempelen login-link owner --data-dir {server.data_dir}")
    with contextlib.suppress(KeyboardInterrupt):
        threading.Event().wait()
