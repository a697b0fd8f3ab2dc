"""Whose an assignment of Turkle's is here."""

from kempelen.domain import clock
from kempelen.domain.models import Worker
from kempelen.turkle_import.ledger import Kind
from kempelen.turkle_import.run import Run
from kempelen.turkle_import.tables import Row

_KEPT = 20_000


class Workers:
    """Our workers by Turkle's users; and those who stand for its visitors without an account.

    Turkle keeps nothing by which visitors could be told apart: all are one worker here, and a second only
    where one task has two answers of theirs.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._by_user: dict[int, int] = {}
        self._visitors: dict[int, int] = {}

    def learn(self, rows: list[Row]) -> None:
        """Look up the users of these assignments."""
        if len(self._by_user) > _KEPT:
            self._by_user.clear()
        wanted = {row["assigned_to_id"] for row in rows} - {None} - self._by_user.keys()
        if wanted:
            self._by_user |= self._run.ledger.ours(Kind.USER, wanted)

    def of(self, row: Row, visitor: int) -> int | None:
        """Give the worker; `visitor` numbers those of one task.  None if the user is not here."""
        if row["assigned_to_id"] is not None:
            return self._by_user.get(row["assigned_to_id"])
        if visitor not in self._visitors:
            self._visitors[visitor] = self._visitor(visitor)
        return self._visitors[visitor]

    def is_visitor(self, worker_pk: int) -> bool:
        """Tell whether the worker stands for visitors."""
        return worker_pk in self._visitors.values()

    def _visitor(self, number: int) -> int:
        run = self._run
        known = run.ledger.one(Kind.VISITOR, number)
        if known is not None:
            return known
        if run.is_trial:
            pk, name = run.stand_in(), ""
        else:
            worker = Worker.objects.create(created_at=clock.now())
            pk, name = worker.pk, worker.public_id
        run.ledger.remember(Kind.VISITOR, {number: pk})
        run.report.note("WorkerId stands for all visitors who worked without an account", name)
        return pk
