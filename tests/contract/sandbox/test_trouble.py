"""Trouble on demand, as boto3 sees it."""

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

from kempelen.rehearsal.remote_trouble import RemoteTrouble
from tests.contract.api.hits import PROPERTIES, a_hit
from tests.domain.api_hits import html_question
from tests.outside import PATIENCE_SECONDS
from tests.servers import new_server


def a_request() -> dict[str, Any]:
    return {**PROPERTIES, "LifetimeInSeconds": 3600, "Question": html_question()}


def count_of_hits(mturk: Any) -> int:
    return int(mturk.list_hits()["NumResults"])


def test_throttling_is_told_as_aws_does_and_nothing_happened(mturk: Any, trouble: RemoteTrouble) -> None:
    trouble.set(throttling=1, operations=["CreateHIT"])

    with pytest.raises(ClientError) as refused:
        a_hit(mturk)

    told = refused.value.response
    assert told["Error"] == {"Code": "ThrottlingException", "Message": "Rate exceeded"}
    assert told["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert len(told["ResponseMetadata"]["RequestId"]) == 36
    assert count_of_hits(mturk) == 0
    assert trouble.counts() == {"CreateHIT": {"requests": 1, "throttling": 1}}


@pytest.mark.parametrize(("when", "left"), [("before", 0), ("after", 1)])
def test_an_error_comes_before_or_after_it_happened(
    mturk: Any, trouble: RemoteTrouble, when: str, left: int
) -> None:
    trouble.set(errors=1, when=when, operations=["CreateHIT"])

    with pytest.raises(ClientError) as failed:
        a_hit(mturk)

    assert failed.value.response["ResponseMetadata"]["HTTPStatusCode"] == 500
    assert failed.value.response["Error"]["Code"] in ("ServiceFault", "InternalFailure")
    assert count_of_hits(mturk) == left
    assert trouble.counts() == {"CreateHIT": {"requests": 1, f"errors {when}": 1}}


def test_errors_have_both_of_mturks_names(mturk: Any, trouble: RemoteTrouble) -> None:
    trouble.set(errors=1, when="before")
    told = []
    for _ in range(20):
        with pytest.raises(ClientError) as failed:
            mturk.get_account_balance()
        told.append((type(failed.value).__name__, failed.value.response["Error"]["Code"]))

    assert set(told) == {("ServiceFault", "ServiceFault"), ("ClientError", "InternalFailure")}


@pytest.mark.parametrize(("when", "left"), [("before", 0), ("after", 1), ("midway", 1)])
def test_a_connection_is_dropped_before_after_or_midway(
    mturk: Any, trouble: RemoteTrouble, when: str, left: int
) -> None:
    trouble.set(dropped=1, when=when, operations=["CreateHIT"])

    with pytest.raises(ConnectionClosedError):
        a_hit(mturk)

    assert count_of_hits(mturk) == left
    assert trouble.counts() == {"CreateHIT": {"requests": 1, f"dropped {when}": 1}}


def test_boto3_takes_a_truncated_answer_for_whole(mturk: Any, trouble: RemoteTrouble) -> None:
    trouble.set(dropped=1, when="truncated", operations=["CreateHIT"])

    made = mturk.create_hit(**a_request())

    assert "HIT" not in made and made["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert count_of_hits(mturk) == 1


@pytest.mark.once
def test_slow_answers_keep_nobody_else_waiting(
    mturk: Any, client: Callable[..., Any], trouble: RemoteTrouble
) -> None:
    # Far more of them than the server has threads.
    trouble.set(slow=(60, 60), operations=["ListHITs"])
    keys = mturk._request_signer._credentials
    hasty = client(
        config=Config(read_timeout=5, retries={"total_max_attempts": 1}, max_pool_connections=30),
        aws_access_key_id=keys.access_key,
        aws_secret_access_key=keys.secret_key,
    )

    def give_up() -> None:
        with pytest.raises(ReadTimeoutError):
            hasty.list_hits()

    with ThreadPoolExecutor(25) as pool:
        waiting = [pool.submit(give_up) for _ in range(25)]
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while trouble.counts().get("ListHITs", {}).get("slow") != 25:
            assert time.monotonic() < give_up_at
            time.sleep(0.02)
        assert mturk.get_account_balance()["AvailableBalance"] == "10000.00"
        for one in waiting:
            one.result()


def test_a_slow_answer_comes_when_it_is_due(mturk: Any, trouble: RemoteTrouble) -> None:
    trouble.set(slow=(0.3, 0.4))
    started = time.monotonic()
    mturk.get_account_balance()
    assert time.monotonic() - started >= 0.3
    trouble.stop()
    assert trouble.show()["is_on"] is False


@pytest.mark.once
@pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
def test_boto3_gets_through_by_its_own_retries(
    patient: Callable[..., Any], mturk: Any, trouble: RemoteTrouble, mode: str
) -> None:
    trouble.set(throttling=0.1, errors=0.1, dropped=0.1, slow=0.2, slow_seconds=(0, 0.05), seed=5)
    stubborn = patient(mode)

    for number in range(20):
        a_hit(stubborn, Title=f"{mode} {number}")


def test_the_same_seed_makes_the_same_trouble_again(mturk: Any, trouble: RemoteTrouble) -> None:
    def told() -> list[str]:
        trouble.set(throttling=0.2, errors=0.2, dropped=0.2, seed=11)
        return [outcome(mturk.get_account_balance) for _ in range(25)]

    first = told()
    assert len(set(first)) >= 4
    assert told() == first


def outcome(called: Callable[[], Any]) -> str:
    try:
        called()
    except ClientError as refused:
        return str(refused.response["Error"]["Code"])
    except ConnectionClosedError:
        return "closed"
    return ""


def test_all_processes_of_a_server_make_it_and_count_together() -> None:
    with new_server() as server:
        server.start("--workers", "3")
        trouble = RemoteTrouble(server.url, server.run("token", "create", "--admin").strip())
        trouble.set(throttling=1)
        target = {"X-Amz-Target": "MTurkRequesterServiceV20170117.GetAccountBalance"}
        for _ in range(12):
            # Each on a connection of its own, which the system gives to one of the processes.
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(urllib.request.Request(server.url, b"{}", target))
            with refused.value:
                assert b"ThrottlingException" in refused.value.read()

        assert trouble.counts() == {"GetAccountBalance": {"requests": 12, "throttling": 12}}
        trouble.stop()
        assert "Traceback" not in server.log()
