"""Servers with settings for the API: throttling (mturk-api.md §1.5), production, pages of other origins."""

import contextlib
import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from playwright.sync_api import Error

from tests.servers import Server, new_server

LAB = "https://lab.example.org"


@pytest.fixture(scope="module")
def strict() -> Iterator[Server]:
    """A server in production mode that throttles, and lets the lab's pages in."""
    settings = {
        "KEMPELEN_MODE": "production",
        "KEMPELEN_API_RATE": "2/1",
        "KEMPELEN_API_CORS_ORIGINS": LAB,
    }
    with new_server(settings=settings) as server:
        yield server.start()


def client_of(server: Server, **options: Any) -> Any:
    """A boto3 client with a new key, which nobody has used up."""
    key = json.loads(server.run("access-key", "create", "--json"))
    defaults = {
        "endpoint_url": server.url,
        "region_name": "us-east-1",
        "aws_access_key_id": key["AccessKeyId"],
        "aws_secret_access_key": key["SecretAccessKey"],
    }
    return boto3.client("mturk", **(defaults | options))


def test_boto3_backs_off_when_it_is_throttled_and_succeeds(strict):
    patient = Config(retries={"total_max_attempts": 10, "mode": "standard"})
    mturk = client_of(strict, config=patient)
    answers = [mturk.get_account_balance() for _ in range(3)]
    assert all(answer["AvailableBalance"] == "10000.00" for answer in answers)
    assert sum(answer["ResponseMetadata"]["RetryAttempts"] for answer in answers) > 0
    mturk.close()


def test_without_patience_it_hears_that_the_rate_is_exceeded(strict):
    mturk = client_of(strict, config=Config(retries={"total_max_attempts": 1}))
    with pytest.raises(ClientError, match="Rate exceeded") as refused:
        for _ in range(100):
            mturk.get_account_balance()
    assert refused.value.response["Error"]["Code"] == "ThrottlingException"
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    mturk.close()


def test_production_refuses_the_region_of_the_sandbox(strict):
    mturk = client_of(strict, region_name="sandbox")
    with pytest.raises(ClientError, match="Credential should be scoped to a valid region, not 'sandbox'"):
        mturk.get_account_balance()
    mturk.close()


def test_productions_messages_end_without_the_letter_of_the_sandbox(strict):
    mturk = client_of(strict)
    with pytest.raises(mturk.exceptions.RequestError) as refused:
        mturk.get_hit(HITId="3NOSUCHHIT")
    message, _, stamp = refused.value.response["Message"].partition(" (")
    assert message == "Hit 3NOSUCHHIT does not exist."
    assert stamp.removesuffix(")").isdecimal()
    mturk.close()


def test_a_browser_may_call_from_a_page_of_the_lab(strict):
    headers = {
        "Origin": LAB,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,x-amz-target",
    }
    asked = urllib.request.Request(strict.url, headers=headers, method="OPTIONS")
    with urllib.request.urlopen(asked, timeout=60) as answer:
        assert answer.status == 204
        assert answer.headers["Access-Control-Allow-Origin"] == LAB
        assert "authorization" in answer.headers["Access-Control-Allow-Headers"]


FETCHED = """async (url) => {
  const headers = {
    Authorization: "AWS4-HMAC-SHA256 Credential=a",
    "Content-Type": "application/x-amz-json-1.1",
    "X-Amz-Target": "MTurkRequesterServiceV20170117.GetAccountBalance",
  };
  try {
    const answer = await fetch(url, { method: "POST", headers, body: "{}" });
    return [answer.status, (await answer.json()).__type, answer.headers.get("x-amzn-RequestId").length];
  } catch (error) {
    return error.name;
  }
}"""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("origin", "told"),
    [(LAB, [400, "IncompleteSignatureException", 36]), ("https://other.example.org", "TypeError")],
)
def test_a_script_in_a_browser_reads_answers_where_its_origin_is_let_in(strict, new_visitor, origin, told):
    page = new_visitor()
    # New browsers ask whether a page of the internet may reach this machine at all: not what is tested here.
    with contextlib.suppress(Error):
        page.context.grant_permissions(["local-network-access"], origin=origin)
    page.route(f"{origin}/**", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.goto(f"{origin}/")
    assert page.evaluate(FETCHED, strict.url) == told
