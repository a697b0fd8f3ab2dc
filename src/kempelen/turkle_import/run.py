"""What all parts of one import share."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from django.db import transaction

from kempelen.domain.models import Requester, User, Worker
from kempelen.turkle_import.ledger import Kind, Ledger
from kempelen.turkle_import.report import Report
from kempelen.turkle_import.source import Source


@dataclass
class Run:
    """One import, or a trial of it that writes nothing."""

    source: Source
    requester: Requester
    ledger: Ledger
    report: Report
    now: datetime
    is_trial: bool = False
    # Whether accounts of the same name are the same people.
    joins_users: bool = False
    _stand_ins: Iterator[int] = field(default_factory=lambda: count(-1, -1))

    def together(self) -> AbstractContextManager[Any]:
        """Write what the block writes whole or not at all; a trial has nothing to write."""
        return nullcontext() if self.is_trial else transaction.atomic()

    def stand_in(self) -> int:
        """Give what stands for the primary key of a row that a trial does not make."""
        return next(self._stand_ins)

    def user(self, turkle_pk: int | None) -> User | None:
        """Give whom a user of Turkle's is here, if anybody."""
        worker_pk = self.ledger.one(Kind.USER, turkle_pk)
        worker = Worker.objects.select_related("user").filter(pk=worker_pk).first() if worker_pk else None
        return worker.user if worker else None
