"""The work of `kempelen rehearse`: a server, a batch on it, a crowd at work, and what is told of it."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kempelen.cli.mturk.publish import told_of_rows
from kempelen.cli.mturk.telling import progress, say
from kempelen.rehearsal import server as servers
from kempelen.rehearsal.crowd import plan_files
from kempelen.rehearsal.crowd.crowds import Crowd
from kempelen.rehearsal.crowd.plan import Plan, sized
from kempelen.rehearsal.crowd.reports import Report
from kempelen.rehearsal.crowd.truths import columns_of
from kempelen.rehearsal.remote_clock import RemoteClock
from kempelen.rehearsal.server import Server
from kempelen.toolkit import ledger, planning, publishing, quantities
from kempelen.toolkit.connection import connect
from kempelen.toolkit.ledger import Ledger
from kempelen.toolkit.rules import written
from kempelen.toolkit.troubles import Trouble

ADMIN_TOKEN = "KEMPELEN_ADMIN_TOKEN"
_NO_TOKEN = (
    "A crowd at a server of yours needs an administrator’s token of it, since it makes workers and moves the "
    f"clock: `kempelen token create --admin` there, and set {ADMIN_TOKEN} here."
)


@dataclass(frozen=True)
class Asked:
    """What is to be rehearsed, and by whom."""

    seed: int = 7
    workers: int | None = None
    plan: Path | None = None
    truth: Sequence[str] = ()
    rules: Sequence[str] = ()
    until: str | None = None
    fair_cents: int = 0
    in_browser: int = 0
    # Whether what the rules approve and reject is approved and rejected.
    reviews: bool = False


def plan_of(asked: Asked) -> Plan:
    """Give the crowd's plan; refuses a file with faults."""
    found = plan_files.read(asked.plan) if asked.plan is not None else Plan()
    return found if asked.workers is None else sized(found, asked.workers)


@contextmanager
def throwaway() -> Iterator[Server]:
    """Start a server that is thrown away in the end."""
    with servers.start() as started:
        yield started


@contextmanager
def joined(profile: str, endpoint_url: str) -> Iterator[Server]:
    """Give a sandbox server that runs already, which options, the environment and profiles name."""
    token = os.environ.get(ADMIN_TOKEN, "")
    if not token:
        raise Trouble(_NO_TOKEN)
    found = connect(profile, endpoint_url)
    keys = found.keys()
    if keys is None:
        raise Trouble(f"There is no access key for {found.endpoint}. Make a profile: `kempelen profile add`.")
    # Before anything is published: in production people would do the work, and be paid for it.
    RemoteClock(found.endpoint, token).now()
    yield servers.join(
        found.endpoint,
        access_key_id=keys.access_key,
        secret_access_key=keys.secret_key,
        region_name=found.region,
        admin_token=token,
    )


def batch_made(crowd: Crowd, plan: publishing.Plan, folder: Path) -> Ledger:
    """Publish the HITs one after another, so that the queue has them in the order of the rows."""
    connection = crowd.connection
    found = publishing.begin(connection, plan, ledger.place_of(plan.name, folder))
    with progress("HITs", len(plan.rows), len(found.made)) as moved:
        outcome = publishing.publish(connection, plan, found, at_once=1, on_made=moved)
    for row, reason in sorted(outcome.failed.items())[:20]:
        say(f"Row {row} was not published: {reason}")
    return ledger.read(found.path)


def to_publish(
    template: str, data: Path | None, project: Path | None, options: Mapping[str, Any]
) -> publishing.Plan:
    """Give what is to be published, as `kempelen publish` takes it."""
    with told_of_rows(data):
        return planning.plan(template, data, project=project, options=options, on_warning=say)


def check(asked: Asked, made: publishing.Plan | None) -> None:
    """Refuse a crowd's plan, rules and truths with faults."""
    plan_of(asked)
    for rule in asked.rules:
        written.read(rule)
    if asked.until is not None:
        _until(asked.until)
    if made is not None:
        columns_of(made.columns, asked.truth)


def _until(text: str) -> None:
    try:
        quantities.span(text)
    except ValueError as error:
        raise Trouble(f"--until: {error}") from error


def rehearsed(server: Server, asked: Asked, made: publishing.Plan | None, batch: str = "") -> Report:
    """Have the crowd work on what is published now, or on a batch that is there."""
    plan = plan_of(asked)
    with Crowd(server, plan, seed=asked.seed, clock=RemoteClock(server.url, server.admin_token)) as crowd:
        with a_folder(keeps=bool(server.data_dir is None)) as folder:
            found = ledger.read(ledger.find(batch)) if made is None else batch_made(crowd, made, folder)
        work = crowd.published(found, truth=asked.truth)
        with progress("answers", work.places) as moved:
            report, answers = crowd.work_on(
                work,
                rules=asked.rules,
                until=asked.until,
                fair_cents=asked.fair_cents,
                in_browser=asked.in_browser,
                on_done=moved,
            )
        if asked.reviews:
            failed = crowd.review(answers).failed
            if failed:
                say(f"{len(failed):,} reviews failed: {next(iter(failed.values()))}")
    return report


@contextmanager
def a_folder(*, keeps: bool) -> Iterator[Path]:
    """Give the folder for the batch's file: this one, where commands find it again, or one that goes."""
    if keeps:
        yield Path()
        return
    with TemporaryDirectory(prefix="kempelen-rehearsal-") as folder:
        yield Path(folder)
