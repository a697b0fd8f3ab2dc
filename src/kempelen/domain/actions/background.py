"""Asking for work in the background."""

import threading
from datetime import datetime
from typing import Any

from django.db import transaction

from kempelen.domain import clock
from kempelen.domain.models import Job

# Set when a transaction that asked for work commits: whoever does jobs in this process waits on it.
asked = threading.Event()
# Set when a transaction with something to tell commits, an event or a message: the deliverer waits on it.
told = threading.Event()
# Set when the clock was moved (`clock_following`): what is done regularly may be due.
moved = threading.Event()


def ask_for(kind: str, *, due_at: datetime | None = None, **arguments: Any) -> Job:
    """Write a job into the running transaction; it is done at least once after the commit, and `due_at`."""
    now = clock.now()
    job = Job.objects.create(kind=kind, arguments=arguments, created_at=now, due_at=due_at or now)
    transaction.on_commit(asked.set)
    return job
