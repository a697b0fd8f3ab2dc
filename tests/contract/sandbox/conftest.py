"""A sandbox with an administrator's token, beside boto3, which calls it once or retries as it does."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.config import Config

from kempelen.domain.actions import accounts, api_tokens
from kempelen.domain.models import ApiToken, User
from kempelen.rehearsal.remote_trouble import RemoteTrouble
from tests.contract.api.conftest import aws_session, client, endpoint, mturk, mturk_of
from tests.contract.api.crowd import crowd, here
from tests.contract.api.programs import shell
from tests.contract.toolkit.conftest import toolkit
from tests.factories import a_user
from tests.servers import Server

__all__ = ["aws_session", "client", "crowd", "endpoint", "here", "mturk", "mturk_of", "shell", "toolkit"]


@pytest.fixture
def admin_token(transactional_db: None) -> str:
    """The token of somebody who administers the server."""
    accounts.set_administrator(a_user("Root"), is_administrator=True)
    return api_tokens.create(User.objects.get(username="Root"), scope=ApiToken.Scope.ADMINISTRATOR)[1]


@pytest.fixture
def trouble(site: Server, admin_token: str) -> Iterator[RemoteTrouble]:
    """Makes trouble at the server of this test, until its end."""
    trouble = RemoteTrouble(site.url, admin_token)
    yield trouble
    trouble.stop()


@pytest.fixture
def patient(mturk: Any, client: Callable[..., Any]) -> Callable[..., Any]:
    """Gives Ada's client with the retries of boto3's modes."""

    def make(mode: str, attempts: int = 20) -> Any:
        keys = mturk._request_signer._credentials
        return client(
            config=Config(retries={"total_max_attempts": attempts, "mode": mode}),
            aws_access_key_id=keys.access_key,
            aws_secret_access_key=keys.secret_key,
        )

    return make
