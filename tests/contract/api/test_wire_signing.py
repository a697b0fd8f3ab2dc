"""Signatures of real clients at a real server (mturk-api.md §1.1, §1.4)."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from kempelen.domain.actions import people
from tests.contract.api.conftest import ONCE
from tests.factories import a_user


def code_of(refused: pytest.ExceptionInfo[ClientError]) -> str:
    return str(refused.value.response["Error"]["Code"])


def test_the_region_of_the_sandbox_signs_too(ada, mturk_of):
    assert mturk_of(ada, region_name="sandbox").get_account_balance()["AvailableBalance"] == "10000.00"


def test_a_session_token_may_go_along(ada, mturk_of):
    assert mturk_of(ada, aws_session_token="left over from Amazon").get_account_balance()


def test_another_region_is_refused_by_name(ada, mturk_of):
    with pytest.raises(ClientError, match="valid region, not 'eu-west-1'") as refused:
        mturk_of(ada, region_name="eu-west-1").get_account_balance()
    assert code_of(refused) == "InvalidSignatureException"


def test_a_wrong_secret_is_refused(ada, mturk_of):
    wrong = mturk_of(ada, aws_secret_access_key="x" * 40)
    with pytest.raises(ClientError, match="The request signature we calculated does not match") as refused:
        wrong.get_account_balance()
    assert code_of(refused) == "InvalidSignatureException"
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_an_unknown_key_is_refused(client):
    unknown = client(aws_access_key_id="AKIAIOSFODNN7EXAMPLE", aws_secret_access_key="x" * 40)
    with pytest.raises(ClientError, match="security token included in the request is invalid") as refused:
        unknown.get_account_balance()
    assert code_of(refused) == "UnrecognizedClientException"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(-6, "Signature expired: .* is now earlier than"), (6, "Signature not yet current: ")],
)
def test_a_clock_that_is_wrong_is_told(mturk, minutes, said):
    wrong = datetime.now(tz=UTC) + timedelta(minutes=minutes)
    with (
        patch("botocore.auth.get_current_datetime", return_value=wrong),
        pytest.raises(ClientError, match=said) as refused,
    ):
        mturk.get_account_balance()
    assert code_of(refused) == "InvalidSignatureException"
    assert refused.value.response["ResponseMetadata"]["RetryAttempts"] == 0


def test_members_do_what_their_role_may(ada, mturk_of):
    people.add_member(ada, a_user("Viewer"), role="viewer")
    viewer = mturk_of(ada, role="viewer")
    assert viewer.list_hits()["NumResults"] == 0
    with pytest.raises(
        ClientError, match="not authorized to perform: mechanicalturk:CreateHITType"
    ) as refused:
        viewer.create_hit_type(Title="t", Description="d", Reward="0.01", AssignmentDurationInSeconds=60)
    assert code_of(refused) == "AccessDeniedException"


def test_an_unsigned_client_is_refused(endpoint, aws_session: boto3.Session):
    config = ONCE.merge(Config(signature_version=UNSIGNED))
    unsigned = aws_session.client("mturk", endpoint_url=endpoint, region_name="us-east-1", config=config)
    with pytest.raises(ClientError, match="Missing Authentication Token"):
        unsigned.get_account_balance()
    unsigned.close()
