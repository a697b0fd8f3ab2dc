"""One import from beginning to end: `kempelen import-turkle`."""

from collections.abc import Callable

from django.db import transaction

from kempelen.domain import clock, events, people_events
from kempelen.domain.errors import WrongState
from kempelen.domain.models import Requester, TurkleDatabase
from kempelen.turkle_import import batches, people, projects, tables, tasks, tokens
from kempelen.turkle_import.ledger import Ledger
from kempelen.turkle_import.report import Report
from kempelen.turkle_import.run import Run
from kempelen.turkle_import.source import Source, opened

OnProgress = Callable[[int, int], None]


def bring(
    place: str,
    requester: Requester,
    *,
    is_trial: bool = False,
    joins_users: bool = False,
    on_progress: OnProgress | None = None,
) -> Report:
    """Bring a Turkle database, which is only read, into the requester; gives what was brought and what not.

    What was brought before stays as it is by now; only what is new comes.  Each page of rows is written
    whole, and a batch is seen when all of it is here: an import that was killed goes on when it is begun
    again.  A trial writes nothing.  `on_progress` is told (tasks done, of so many).
    """
    with opened(place) as source:
        unknown = tables.check(source)
        ledger = Ledger(_database(source, requester, is_trial=is_trial), is_trial=is_trial)
        report = Report(requester=requester.slug, is_dry_run=is_trial)
        run = Run(source, requester, ledger, report, clock.now(), is_trial=is_trial, joins_users=joins_users)
        for name in unknown:
            report.note("is a column or table of Turkle's that is not known here, and not moved", name)
        _bring_all(run, on_progress)
        return report


def _bring_all(run: Run, on_progress: OnProgress | None) -> None:
    total = int(run.source.rows("SELECT COUNT(*) FROM turkle_task")[0][0])
    people.bring_groups(run)
    people.bring_users(run)
    tokens.bring_tokens(run)
    projects.bring_projects(run)
    batches.bring_batches(run)
    tasks.bring_tasks(run, (lambda done: on_progress(done, total)) if on_progress else None)
    batches.show(run)
    if not run.is_trial:
        data = {thing: run.report.brought[thing] for thing in ("users", "batches", "answers")}
        events.record(people_events.TurkleImported(run.requester, data=data))


@transaction.atomic
def _database(source: Source, requester: Requester, *, is_trial: bool) -> TurkleDatabase | None:
    """Give the row of this database, made when it is first imported; refuses another requester then."""
    fingerprint = tables.fingerprint(source)
    found = TurkleDatabase.objects.select_related("requester").filter(fingerprint=fingerprint).first()
    if found is not None and found.requester_id != requester.pk:
        raise WrongState(
            f"This Turkle database was imported into “{found.requester.slug}” before: "
            f"write --requester {found.requester.slug}."
        )
    if is_trial:
        return found
    now = clock.now()
    if found is None:
        return TurkleDatabase.objects.create(
            fingerprint=fingerprint, requester=requester, first_imported_at=now, last_imported_at=now
        )
    found.last_imported_at = now
    found.save(update_fields=["last_imported_at"])
    return found
