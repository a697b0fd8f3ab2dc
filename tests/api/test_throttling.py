"""How often a key may call."""

import pytest

from kempelen.api import throttling
from kempelen.config.readers import Rate
from kempelen.domain import buckets as counting
from tests.api.calling import a_key, call, fault


def test_a_bucket_fills_steadily_to_its_brim():
    buckets = counting.Buckets()
    rate = {"per_second": 2, "burst": 3}
    assert [buckets.take("a", **rate, now=0) for _ in range(4)] == [True, True, True, False]
    assert buckets.take("a", **rate, now=0.4) is False
    assert buckets.take("a", **rate, now=0.5) is True
    assert [buckets.take("a", **rate, now=60) for _ in range(4)] == [True, True, True, False]


def test_buckets_are_forgotten_in_the_order_of_their_use(monkeypatch):
    monkeypatch.setattr(counting, "_MOST", 2)
    buckets = counting.Buckets()
    for key in ("a", "b", "a", "c"):
        buckets.take(key, per_second=1, burst=2, now=0)
    assert buckets.take("a", per_second=1, burst=2, now=0) is False
    assert buckets.take("b", per_second=1, burst=1, now=0) is True


@pytest.fixture
def one_call_an_hour(settings, monkeypatch):
    monkeypatch.setattr(throttling, "_buckets", counting.Buckets())
    settings.KEMPELEN_API_RATE = Rate(per_second=1 / 3600, burst=1)


def test_each_key_has_a_rate_of_its_own(ada, ben, one_call_an_hour):
    adas, bens = a_key(ada), a_key(ben)
    assert call(adas).status_code == 200
    refused = call(adas)
    assert refused.status_code == 400
    assert fault(refused) == {"__type": "ThrottlingException", "message": "Rate exceeded"}
    assert call(bens).status_code == 200


def test_who_has_no_secret_cannot_use_up_a_keys_rate(ada, one_call_an_hour):
    key, secret = a_key(ada)
    assert fault(call((key, "wrong")))["__type"] == "InvalidSignatureException"
    assert call((key, secret)).status_code == 200
