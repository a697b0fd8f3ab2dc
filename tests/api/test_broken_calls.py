"""Headers that no SDK sends: whatever they say, the answer is a refusal in JSON and no fault of ours."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.calling import TYPE, a_key
from tests.aws import signing

HEADERS = [
    "authorization",
    "x-amz-date",
    "x-amz-target",
    "x-amz-content-sha256",
    "date",
    "origin",
    "content-type",
]
# As WSGI hands them on: bytes in Latin-1.
VALUES = st.text(st.characters(max_codepoint=255), max_size=80)
ODD_DATES = st.sampled_from(
    [
        "00000000T000000Z",
        "00010101T000000Z",
        "99991231T235959Z",
        "20261122T120000Z ",
        "Mon, 1 Jan 0001 00:00:00 +2359",
    ]
)


@pytest.fixture(autouse=True)
def _every_page_is_let_in(settings):
    settings.KEMPELEN_API_CORS_ORIGINS = ["*"]


def mutated(value: str, data: st.DataObject) -> str:
    """The value with a piece of it replaced."""
    start = data.draw(st.integers(0, len(value)))
    end = data.draw(st.integers(start, len(value)))
    return value[:start] + data.draw(VALUES) + value[end:]


def answer_to(headers: dict[str, str], body: bytes, query: str = "") -> int:
    environ = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    kind = environ.pop("HTTP_CONTENT_TYPE", TYPE)
    answer = Client(raise_request_exception=False).generic(
        "POST", "/", body, content_type=kind, QUERY_STRING=query, **environ
    )
    assert answer["Content-Type"] == TYPE
    assert answer.status_code == 200 or json.loads(answer.content)["__type"]
    return answer.status_code


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_header_makes_the_server_fail(ada, data):
    key, secret = a_key(ada)
    call = signing.signed(
        b"{}",
        {**signing.HEADERS, "Host": "testserver"},
        at=datetime.now(tz=UTC),
        key_id=key.public_id,
        secret=secret,
    )
    name = data.draw(st.sampled_from(HEADERS))
    other = mutated(call.headers.get(name, ""), data)
    if name.endswith("date"):
        other = data.draw(ODD_DATES | st.just(other))
    headers = {**call.headers, name: other}
    assert answer_to(headers, b"{}", query=data.draw(VALUES)) < 500


@pytest.mark.parametrize("key_id", ["\0", "A\0", "é", "'", "%s", "A" * 5000])
def test_an_odd_key_is_an_unknown_one(db, key_id):
    call = signing.signed(b"{}", {**signing.HEADERS, "Host": "testserver"}, at=datetime.now(tz=UTC))
    header = call.headers["authorization"].replace(signing.KEY_ID, key_id)
    assert answer_to({**call.headers, "authorization": header}, b"{}") == 400
