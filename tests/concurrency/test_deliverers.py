"""Several deliverers on one database: each event is told once, each message sent once."""

import json
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from kempelen.domain import events
from kempelen.domain.actions import deliveries, notifications
from kempelen.domain.models import Delivery, Event, Notification, Requester
from tests.domain.test_events import asks_for
from tests.domain.test_notifications import a_specification
from tests.factories import a_batch, a_project, hits_of

DELIVERERS = 4


@pytest.mark.parametrize("count", [120, pytest.param(20_000, marks=pytest.mark.proof)])
def test_racing_deliverers_tell_each_event_once(transactional_db: None, ada: Requester, count: int) -> None:
    hits = hits_of(a_batch(a_project(ada), rows=[{"text": str(number)} for number in range(count)]))
    asks_for(hits[0].hit_type, "HITReviewable")
    sent: list[str] = []
    stop = threading.Event()
    threads = [threading.Thread(target=deliver, args=(sent, stop)) for _ in range(DELIVERERS)]
    for thread in threads:
        thread.start()
    try:
        for start in range(0, count, 7):
            events.record_all(events.HITReviewable(hit) for hit in hits[start : start + 7])
    finally:
        stop.set()
        for thread in threads:
            thread.join()

    told = Counter(event["HITId"] for body in sent for event in json.loads(body)["Events"])
    assert told == {hit.public_id: 1 for hit in hits}
    assert not Event.objects.filter(awaits_notification=True).exists()
    assert not Delivery.objects.filter(finished_at=None).exists()


def deliver(sent: list[str], stop: threading.Event) -> None:
    """Tell and send until there is nothing left and nothing more comes."""
    try:
        while True:
            is_over = stop.is_set()
            written = notifications.write_out()
            if (
                not deliveries.deliver_next(lambda message: sent.append(message.body))
                and not written
                and is_over
            ):
                return
    finally:
        connection.close()


def test_settings_made_at_the_same_moment_make_one_row(transactional_db: None, ada: Requester) -> None:
    hit_type_id = hits_of(a_batch(a_project(ada)))[0].hit_type.public_id
    start = threading.Barrier(DELIVERERS)

    def settle(_number: int) -> None:
        try:
            start.wait()
            notifications.update(ada, hit_type_id, specification=a_specification("HITExpired"))
        finally:
            connection.close()

    with ThreadPoolExecutor(DELIVERERS) as pool:
        list(pool.map(settle, range(DELIVERERS)))
    assert Notification.objects.count() == 1
