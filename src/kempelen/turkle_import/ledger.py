"""What became what: looked up before anything is made, written in the transaction that makes it."""

from collections.abc import Iterable, Mapping

from django.db import connection

from kempelen.domain.models import TurkleDatabase, TurkleRow

Kind = TurkleRow.Kind
# Written out: there are as many as tasks and answers, and through the model a row costs five times as much.
_INSERT = (
    f"INSERT INTO {TurkleRow._meta.db_table} (database_id, kind, turkle_pk, our_pk) VALUES (%s, %s, %s, %s) "
    "ON CONFLICT (database_id, kind, turkle_pk) DO UPDATE SET our_pk = excluded.our_pk"
)


class Ledger:
    """The rows of one Turkle database that are here.

    A user of Turkle's is known by the worker: workers stay when accounts are closed.  A trial, which writes
    nothing, keeps what would be here in memory; tasks and assignments, which are many, it need not know.
    """

    def __init__(self, database: TurkleDatabase | None, *, is_trial: bool) -> None:
        self._database = database
        self._is_trial = is_trial
        self._would_be: dict[tuple[str, int], int] = {}

    def ours(self, kind: str, turkle_pks: Iterable[int]) -> dict[int, int]:
        """Give our primary keys of those rows of Turkle's that are here."""
        pks = list(turkle_pks)
        known = {pk: ours for pk in pks if (ours := self._would_be.get((kind, pk))) is not None}
        if self._database is not None and pks:
            rows = TurkleRow.objects.filter(database=self._database, kind=kind, turkle_pk__in=pks)
            known |= dict(rows.values_list("turkle_pk", "our_pk"))
        return known

    def one(self, kind: str, turkle_pk: int | None) -> int | None:
        """Give our primary key of a row, or None if it is not here."""
        return None if turkle_pk is None else self.ours(kind, [turkle_pk]).get(turkle_pk)

    def is_ours(self, kind: str, our_pk: int) -> bool:
        """Tell whether a row of ours came from this database."""
        rows = TurkleRow.objects.filter(database=self._database, kind=kind, our_pk=our_pk)
        return self._database is not None and rows.exists()

    def remember(self, kind: str, pairs: Mapping[int, int]) -> None:
        """Keep which row of ours each of these is now; a row that is another one now is kept anew."""
        if self._is_trial or self._database is None:
            self._would_be |= {(kind, theirs): ours for theirs, ours in pairs.items()}
            return
        rows = [(self._database.pk, kind, theirs, ours) for theirs, ours in pairs.items()]
        with connection.cursor() as cursor:
            cursor.executemany(_INSERT, rows)

    def forget(self, kind: str, turkle_pk: int) -> None:
        """Let a row be brought again."""
        if not self._is_trial:
            TurkleRow.objects.filter(database=self._database, kind=kind, turkle_pk=turkle_pk).delete()
