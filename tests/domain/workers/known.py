"""Workers with records, as the background would have counted them."""

from datetime import datetime, timedelta
from typing import Any

from kempelen.domain import clock
from kempelen.domain.models import Requester, Worker, WorkerRecord
from tests.factories import a_worker


def a_record(requester: Requester, worker: Worker | None = None, **figures: Any) -> WorkerRecord:
    """A worker's record with these figures; each later one was seen a minute later."""
    seen_at: datetime = clock.now() + timedelta(minutes=WorkerRecord.objects.count())
    given = {"submitted": 1, "last_seen_at": seen_at} | figures
    return WorkerRecord.objects.create(requester=requester, worker=worker or a_worker(), **given)
