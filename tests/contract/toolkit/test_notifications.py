"""Events that are told to a requester's queue, set up and tried from a shell."""

import json
from collections.abc import Mapping

import pytest

from tests.contract.toolkit.conftest import Toolkit
from tests.outside import KEYS, Cloud

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def site_settings(cloud: Cloud) -> Mapping[str, str]:
    return {
        "KEMPELEN_NOTIFICATION_ENDPOINT_URL": cloud.endpoint,
        "KEMPELEN_NOTIFICATION_ACCESS_KEY_ID": KEYS["aws_access_key_id"],
        "KEMPELEN_NOTIFICATION_SECRET_ACCESS_KEY": KEYS["aws_secret_access_key"],
    }


def test_events_are_set_tried_shown_and_switched_off(toolkit: Toolkit, cloud: Cloud) -> None:
    queue = cloud.new_queue()
    toolkit.publish_people()
    batch = ("notifications", "--batch", "people")
    said = toolkit.json("notifications", "set", "--batch", "people", "--to", queue)
    assert (said["transport"], said["events"]) == ("SQS", ["AssignmentSubmitted", "HITReviewable"])

    assert toolkit.json("notifications", "test", "--batch", "people") == {"sent": "Ping", "to": queue}
    toolkit.run(*batch, "test", "--event", "HITReviewable")
    told = [json.loads(body)["Events"][0]["EventType"] for body in cloud.wait_for(queue, 2)]
    assert told == ["Ping", "HITReviewable"]

    toolkit.run(*batch, "off")
    (shown,) = toolkit.json("notifications", "show")
    assert (shown["to"], shown["is"]) == (queue, "off")


def test_what_cannot_be_told_is_refused_with_the_remedy(toolkit: Toolkit) -> None:
    toolkit.publish_people()
    for words, why in (
        (("set", "--to", "a@example.org"), "Of which HITs?"),
        (("set", "--batch", "people"), "Where to?"),
        (("set", "--batch", "people", "--to", "nowhere"), "is no destination"),
        (("set", "--batch", "people", "--to", "a@b.example", "--event", "Nothing"), "There is no event"),
        (("test", "--batch", "people"), "were set from here"),
    ):
        assert why in toolkit.run("notifications", *words, status=1)
    assert toolkit.json("notifications", "show") == []
