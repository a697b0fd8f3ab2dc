"""Notifications that come twice, or late, and so out of order."""

import json
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F

from kempelen.domain.models import Delivery
from kempelen.rehearsal.remote_trouble import RemoteTrouble
from tests.contract.api.test_notifications import a_hit_of, a_hit_type, site_settings, tell
from tests.outside import PATIENCE_SECONDS, Cloud, Mailbox

__all__ = ["site_settings"]


def events_in(bodies: list[str]) -> list[Mapping[str, Any]]:
    return [event for body in bodies for event in json.loads(body)["Events"]]


def test_doubled_messages_reach_a_queue_twice(mturk: Any, cloud: Cloud, trouble: RemoteTrouble) -> None:
    queue, hit_type_id = cloud.new_queue(), a_hit_type(mturk)
    tell(mturk, hit_type_id, "HITCreated", Destination=queue)
    trouble.set(doubled=1, operations=["DeleteHIT"])

    hit_id = a_hit_of(mturk, hit_type_id)

    first, second = cloud.wait_for(queue, 2)
    assert first == second
    assert [event["HITId"] for event in events_in([first])] == [hit_id]
    assert trouble.counts() == {"notifications": {"requests": 1, "doubled": 1}}


def test_late_messages_are_overtaken(mturk: Any, cloud: Cloud, trouble: RemoteTrouble) -> None:
    queue, hit_type_id = cloud.new_queue(), a_hit_type(mturk)
    tell(mturk, hit_type_id, "HITCreated", "HITExpired", Destination=queue)
    trouble.set(late=(300, 300))
    hit_id = a_hit_of(mturk, hit_type_id)
    late = Delivery.objects.filter(due_at__gte=F("created_at") + timedelta(seconds=300), leased_until=None)
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while not late.exists():
        assert time.monotonic() < give_up_at
        time.sleep(0.02)
    trouble.stop()
    mturk.update_expiration_for_hit(HITId=hit_id, ExpireAt=0)

    [first] = events_in(cloud.wait_for(queue, 1))
    late.update(due_at=F("created_at"))
    [second] = events_in(cloud.wait_for(queue, 1))

    assert [first["EventType"], second["EventType"]] == ["HITExpired", "HITCreated"]


@pytest.mark.once
def test_mails_are_doubled_too(mturk: Any, mailbox: Mailbox, trouble: RemoteTrouble) -> None:
    hit_type_id = a_hit_type(mturk)
    tell(mturk, hit_type_id, "HITCreated", Destination="ada@example.org", Transport="Email")
    trouble.set(doubled=1)

    a_hit_of(mturk, hit_type_id)

    first, second = mailbox.wait_for(2)
    assert first["Message-ID"] == second["Message-ID"]
