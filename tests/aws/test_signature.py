"""Signatures, made by botocore and broken by hand (mturk-api.md §1.1, §1.4)."""

import dataclasses
import string
from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kempelen.aws import signature
from kempelen.aws.protocol import ProtocolError
from kempelen.aws.signature import Call
from tests.aws.signing import HEADERS, KEY_ID, NOON, SECRET, TARGET, signed

pytestmark = pytest.mark.once

NO_MATCH = "The request signature we calculated does not match the signature you provided."
# What a header may hold, in the way it comes out of HTTP.
VALUES = st.text(string.ascii_letters + string.digits + string.punctuation + " \t", max_size=60)
NAMES = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=20).map("x-made-".__add__)
BODIES = st.binary(max_size=2000)


def check(call: Call, *, now: datetime = NOON, secret: str = SECRET, is_sandbox: bool = True) -> str:
    """Whose signature it is."""
    claim = signature.read(call, now=now, is_sandbox=is_sandbox)
    signature.verify(claim, call, secret)
    return claim.key_id


def refusal(call: Call, **options: object) -> ProtocolError:
    with pytest.raises(ProtocolError) as refused:
        check(call, **options)
    assert refused.value.status == 400
    return refused.value


def with_headers(call: Call, **headers: str | None) -> Call:
    """The call with other headers; None for one that is left out."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    changed = {name: value for name, value in {**call.headers, **named}.items() if value is not None}
    return dataclasses.replace(call, headers=changed)


def test_what_botocore_signs_is_known_by_its_key():
    assert check(signed()) == KEY_ID


@given(body=BODIES, headers=st.dictionaries(NAMES, VALUES, max_size=5), token=st.none() | NAMES)
def test_whatever_botocore_signs_is_verified(body, headers, token):
    assert check(signed(body, {**HEADERS, **headers}, token=token)) == KEY_ID


@given(pairs=st.lists(st.tuples(st.sampled_from(["a", "b", "B"]), st.sampled_from(["", "1", "%20", "~"]))))
def test_a_query_is_signed_in_the_order_of_its_names(pairs):
    assert check(signed(query="&".join(f"{name}={value}" for name, value in pairs))) == KEY_ID


@given(body=st.binary(min_size=1, max_size=300), data=st.data())
def test_any_changed_byte_is_refused(body, data):
    call = signed(body)
    place = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda value: value != body[place]))
    changed = body[:place] + bytes([other]) + body[place + 1 :]
    assert str(refusal(dataclasses.replace(call, body=changed))).startswith(NO_MATCH)


@given(header=st.sampled_from(["content-type", "host", "x-amz-target"]), data=st.data())
def test_any_changed_header_is_refused(header, data):
    call = signed()
    right = call.headers[header]
    other = data.draw(VALUES.filter(lambda value: value.split() != right.split()))
    assert str(refusal(with_headers(call, **{header: other}))).startswith(NO_MATCH)


@given(seconds=st.integers(-299, 299).filter(bool))
def test_a_changed_date_is_refused(seconds):
    later = (NOON + timedelta(seconds=seconds)).strftime("%Y%m%dT%H%M%SZ")
    assert str(refusal(with_headers(signed(), x_amz_date=later))).startswith(NO_MATCH)


@given(data=st.data())
def test_any_changed_sign_of_the_signature_is_refused(data):
    call = signed()
    header = call.headers["authorization"]
    start = header.index("Signature=") + len("Signature=")
    place = data.draw(st.integers(start, len(header) - 1))
    other = data.draw(st.sampled_from(string.hexdigits + "é ").filter(lambda sign: sign != header[place]))
    changed = header[:place] + other + header[place + 1 :]
    refusal(with_headers(call, authorization=changed))


@given(VALUES)
def test_nonsense_for_a_signature_is_refused_by_a_sentence(nonsense):
    for text in (nonsense, f"AWS4-HMAC-SHA256 {nonsense}", f"AWS4-HMAC-SHA256 Credential={nonsense}"):
        error = refusal(with_headers(signed(), authorization=text))
        assert error.name in {"IncompleteSignatureException", "MissingAuthenticationTokenException"}
        assert str(error)


def test_another_secret_is_refused():
    error = refusal(signed(secret="another"))
    assert error.name == "InvalidSignatureException"
    assert str(error) == (
        f"{NO_MATCH} Check your AWS Secret Access Key and signing method. Consult the service documentation "
        "for details."
    )


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Host": "localhost:8000", "X-Amz-Target": TARGET}, id="PHP: no content type"),
        pytest.param(
            {
                **HEADERS,
                "X-Amz-Content-Sha256": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
            },
            id="Ruby",
        ),
        pytest.param(
            {
                **HEADERS,
                "Content-Length": "2",
                "amz-sdk-invocation-id": "0e4d",
                "amz-sdk-request": "attempt=1; max=3",
                "x-amz-user-agent": "aws-sdk-js/3.0  os/linux",
                "x-amz-content-sha256": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
            },
            id="JavaScript",
        ),
    ],
)
def test_the_header_sets_of_other_sdks_are_verified(headers):
    extra = {"content-type": "application/x-amz-json-1.1", "user-agent": "other", "x-forwarded-for": "::1"}
    assert check(signed(headers=headers, unsigned=extra)) == KEY_ID


def test_a_session_token_is_part_of_what_is_signed():
    call = signed(token="one")
    assert check(call) == KEY_ID
    assert str(refusal(with_headers(call, x_amz_security_token="two"))).startswith(NO_MATCH)


def test_the_date_of_http_counts_where_there_is_no_other():
    call = signed(headers={**HEADERS, "Date": format_datetime(NOON, usegmt=True)})
    assert "date" in call.headers
    assert check(call) == KEY_ID


def test_a_digest_of_another_body_is_refused_even_unsigned():
    assert str(refusal(signed(unsigned={"x-amz-content-sha256": "UNSIGNED-PAYLOAD"}))).startswith(NO_MATCH)


@pytest.mark.parametrize("seconds", [-300, 300])
def test_a_clock_may_be_five_minutes_off(seconds):
    assert check(signed(at=NOON + timedelta(seconds=seconds))) == KEY_ID


def test_an_old_signature_has_expired():
    error = refusal(signed(at=NOON - timedelta(seconds=301)))
    assert error.name == "InvalidSignatureException"
    assert str(error) == (
        "Signature expired: 20261122T115459Z is now earlier than 20261122T115500Z (20261122T120000Z - 5 min.)"
    )


def test_a_signature_of_the_future_is_not_yet_current():
    error = refusal(signed(at=NOON + timedelta(seconds=301)))
    assert error.name == "InvalidSignatureException"
    assert str(error) == (
        "Signature not yet current: 20261122T120501Z is still later than 20261122T120500Z "
        "(20261122T120000Z + 5 min.)"
    )


def test_the_region_sandbox_is_for_a_sandbox():
    call = signed(region="sandbox")
    assert check(call, is_sandbox=True) == KEY_ID
    error = refusal(call, is_sandbox=False)
    assert error.name == "InvalidSignatureException"
    assert str(error) == "Credential should be scoped to a valid region, not 'sandbox'. "


def test_another_region_and_another_service_are_refused_by_name():
    message = str(refusal(signed(region="eu-west-1", service="s3")))
    assert message == (
        "Credential should be scoped to a valid region, not 'eu-west-1'. "
        "Credential should be scoped to correct service: 'mturk-requester'. "
    )


def test_the_scope_is_of_the_day_on_which_was_signed():
    call = signed(at=NOON)
    header = call.headers["authorization"].replace("/20261122/", "/20261121/")
    assert "'20261121' != '20261122'" in str(refusal(with_headers(call, authorization=header)))


def test_a_call_without_a_signature_is_told_so():
    error = refusal(with_headers(signed(), authorization=None))
    assert (error.name, str(error)) == ("MissingAuthenticationTokenException", "Missing Authentication Token")


def test_a_part_without_an_equal_sign_is_named():
    error = refusal(with_headers(signed(), authorization="AWS4-HMAC-SHA256 Credential"))
    assert error.name == "IncompleteSignatureException"
    assert str(error) == (
        "'Credential' not a valid key=value pair (missing equal-sign) in Authorization header: "
        "'AWS4-HMAC-SHA256 Credential'."
    )


def test_all_that_is_lacking_is_named():
    call = with_headers(signed(), x_amz_date=None, authorization="AWS4-HMAC-SHA256 Credential=a/b/c/d/e")
    assert str(refusal(call)) == (
        "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' "
        "parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
        "Authorization=AWS4-HMAC-SHA256 Credential=a/b/c/d/e"
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("/aws4_request", "", "exactly 5 slash-delimited elements"),
        ("/aws4_request", "/aws5", "valid terminator: 'aws4_request', not 'aws5'"),
        ("AWS4-HMAC-SHA256", "AWS3", "Unsupported AWS 'algorithm': 'AWS3'"),
        ("x-amz-target", "x-amz-other", "'X-Amz-Target' must be a 'SignedHeader'"),
        (";host", "", "'Host' must be a 'SignedHeader'"),
        ("content-type;host", "host;content-type", NO_MATCH),
        ("content-type", "accept", NO_MATCH),
    ],
)
def test_what_is_wrong_with_an_authorization_is_said(old, new, said):
    call = signed()
    assert said in str(
        refusal(with_headers(call, authorization=call.headers["authorization"].replace(old, new)))
    )


@pytest.mark.parametrize("date", ["2026-11-22T12:00:00Z", "20261122T1200Z", "yesterday", "20261122t120000z"])
def test_a_date_in_another_form_is_shown(date):
    error = refusal(with_headers(signed(), x_amz_date=date))
    assert error.name == "IncompleteSignatureException"
    assert f"Got '{date}'" in str(error)


def test_a_signature_in_the_query_is_not_accepted():
    error = refusal(dataclasses.replace(signed(), query="X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=a"))
    assert error.name == "IncompleteSignatureException"
    assert "query string" in str(error)
