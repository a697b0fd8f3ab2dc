"""What comes over the wire beside the operations' own answers (mturk-api.md §1.2, §1.3)."""

import json
import re
import urllib.error
import urllib.request

import pytest

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
STAMP = re.compile(r" \(\d{13} s\)$")


def posted(endpoint: str, body: bytes = b"{}", **headers: str) -> tuple[int, str, dict[str, str]]:
    """The status, the type and the body that a plain POST gets."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(endpoint, body, named, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers["Content-Type"], json.loads(answer.read())
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers["Content-Type"], json.loads(refused.read())


def test_each_answer_has_an_id_of_its_own_a_type_a_length_and_a_date(mturk):
    first, second = (mturk.get_account_balance()["ResponseMetadata"] for _ in range(2))
    assert UUID.fullmatch(first["RequestId"])
    assert first["RequestId"] != second["RequestId"]
    headers = first["HTTPHeaders"]
    assert headers["content-type"] == "application/x-amz-json-1.1"
    assert headers["content-length"] == str(len('{"AvailableBalance":"10000.00"}'))
    assert headers["date"].endswith("GMT")
    assert "set-cookie" not in headers


def test_a_refusal_has_mturks_words_its_code_and_the_time(mturk):
    with pytest.raises(mturk.exceptions.RequestError) as refused:
        mturk.get_hit(HITId="3NOSUCHHIT")
    said = refused.value.response
    assert said["Error"]["Code"] == "RequestError"
    assert said["TurkErrorCode"] == "AWS.MechanicalTurk.HITDoesNotExist"
    assert STAMP.sub("", said["Message"]) == "Hit 3NOSUCHHIT does not exist."
    assert STAMP.search(said["Message"])
    assert said["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_what_the_model_forbids_is_told_all_at_once(mturk):
    with pytest.raises(mturk.exceptions.ClientError) as refused:
        mturk.list_assignments_for_hit(HITId="lower case", MaxResults=101)
    said = refused.value.response["Error"]
    assert said["Code"] == "ValidationException"
    assert said["Message"].startswith("2 validation errors detected: ")


@pytest.mark.parametrize(
    "target", ["MTurkRequesterServiceV20170117.GetHit", "AWSMechanicalTurkRequester.GetHIT"]
)
def test_an_operation_that_is_none_is_unknown(endpoint, target):
    status, kind, said = posted(endpoint, X_Amz_Target=target, Content_Type="application/x-amz-json-1.1")
    assert (status, kind) == (400, "application/x-amz-json-1.1")
    assert said["__type"] == "UnknownOperationException"


def test_a_post_by_hand_is_told_what_this_is(endpoint):
    status, _, said = posted(endpoint, b"a=b")
    assert status == 400
    assert "X-Amz-Target" in said["message"]


def test_a_call_that_is_too_large_is_refused_in_words(mturk):
    with pytest.raises(mturk.exceptions.ClientError) as refused:
        mturk.notify_workers(Subject="s", MessageText="x" * 4_100_000, WorkerIds=["A1"])
    assert refused.value.response["Error"]["Code"] == "RequestEntityTooLargeException"
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 413
