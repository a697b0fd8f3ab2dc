"""A real boto3 against a real server, or against the endpoint that the environment names.

KEMPELEN_TEST_ENDPOINT=https://… runs the tests that need nothing but a client (`mturk`, `endpoint`) there,
with the keys of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY and the region of AWS_DEFAULT_REGION.  The
others, which make workers and look at tables, are skipped.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config

from kempelen.domain.actions import access_keys
from kempelen.domain.models import Requester
from tests.contract.api.crowd import crowd, here
from tests.servers import Server

__all__ = ["crowd", "here"]

ELSEWHERE = os.environ.get("KEMPELEN_TEST_ENDPOINT", "")
# A repeated call would hide that the first one failed.
ONCE = Config(retries={"total_max_attempts": 1, "mode": "standard"})

# A boto3 client: its methods are made from the service model at run time.
Client = Any


@pytest.fixture(scope="session")
def aws_session() -> boto3.Session:
    """What remembers the service model between clients."""
    return boto3.Session()


if ELSEWHERE:

    @pytest.fixture
    def endpoint(transactional_db: None) -> str:
        """The address of another server; Ada and the like are made here all the same, unseen there."""
        return ELSEWHERE

else:

    @pytest.fixture
    def endpoint(site: Server) -> str:
        """The address of a server on the tables of this test, so that factories fill what it shows."""
        return site.url


@pytest.fixture
def client(aws_session: boto3.Session, endpoint: str) -> Iterator[Callable[..., Client]]:
    """Makes boto3 clients of the endpoint, with other keys, regions or settings."""
    made = []

    def make(**options: Any) -> Client:
        defaults: dict[str, Any] = {"endpoint_url": endpoint, "region_name": "us-east-1", "config": ONCE}
        made.append(aws_session.client("mturk", **(defaults | options)))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def mturk_of(client: Callable[..., Client]) -> Callable[[Requester], Client]:
    """Gives a boto3 client of a requester's owner, or of its member in the `role` that is asked for."""
    if ELSEWHERE:
        pytest.skip("Another endpoint has other requesters.")

    def make(requester: Requester, *, role: str = "owner", **options: Any) -> Client:
        return _of(client, requester, role=role, **options)

    return make


@pytest.fixture
def mturk(ada: Requester, client: Callable[..., Client]) -> Client:
    """A boto3 client of requester Ada."""
    if ELSEWHERE:
        return client(region_name=os.environ.get("AWS_DEFAULT_REGION", "us-east-1"))
    return _of(client, ada, role="owner")


def _of(client: Callable[..., Client], requester: Requester, *, role: str, **options: Any) -> Client:
    key, secret = access_keys.create(requester.memberships.get(role=role))
    return client(**({"aws_access_key_id": key.public_id, "aws_secret_access_key": secret} | options))
