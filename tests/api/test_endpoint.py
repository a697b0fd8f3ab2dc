"""The API's address: what is answered, and how refusals are told."""

import logging
from typing import Any

import pytest
from django.test import Client

from kempelen.api import handlers
from kempelen.aws.model import OPERATIONS
from kempelen.domain.errors import InvalidParameter, NotFound, WrongState
from tests.api.calling import TYPE, a_key, call, fault


def test_the_whole_path_of_a_call(ada, django_assert_num_queries):
    key = a_key(ada)
    call(key)  # notes the key's use, which is done once a minute
    with django_assert_num_queries(1):
        answer = call(key)
    assert answer.status_code == 200
    assert answer.content == b'{"AvailableBalance":"10000.00"}'
    assert answer["Content-Type"] == TYPE
    assert answer["Content-Length"] == str(len(answer.content))
    assert len(answer["x-amzn-RequestId"]) == 36
    assert "Set-Cookie" not in answer


def test_the_front_page_stays_a_page(client, db):
    answer = client.get("/")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("headers", [{}, {"X-Amz-Target": "GetHIT"}, {"X-Amz-Target": "Other.GetHIT"}])
def test_a_post_without_an_operation_is_told_what_this_is(client, headers):
    answer = client.post("/", "{}", content_type=TYPE, headers=headers)
    assert answer.status_code == 400
    assert fault(answer)["__type"] == "UnknownOperationException"


def test_a_form_is_told_which_type_to_send(client):
    answer = client.post("/", {"a": "b"}, headers={"X-Amz-Target": "MTurkRequesterServiceV20170117.GetHIT"})
    assert fault(answer)["__type"] == "UnknownOperationException"
    assert TYPE in fault(answer)["message"]


def test_an_unsigned_call_is_refused(client):
    target = "MTurkRequesterServiceV20170117.GetAccountBalance"
    answer = client.post("/", "{}", content_type=TYPE, headers={"X-Amz-Target": target})
    assert answer.status_code == 400
    assert fault(answer) == {
        "__type": "MissingAuthenticationTokenException",
        "message": "Missing Authentication Token",
    }


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"a"', b"\xff"])
def test_a_body_that_is_no_object_is_refused(ada, body):
    answer = call(a_key(ada), arguments=body)
    assert answer.status_code == 400
    assert fault(answer)["__type"] == "SerializationException"


def test_a_body_that_is_too_large_is_not_read(ada, settings, monkeypatch):
    settings.KEMPELEN_API_BODY_LIMIT = 1000
    monkeypatch.setattr("django.http.HttpRequest.read", None)
    answer = call(a_key(ada), arguments=b'{"a":"' + b"b" * 1000 + b'"}')
    assert answer.status_code == 413
    assert fault(answer)["__type"] == "RequestEntityTooLargeException"
    assert fault(answer)["message"] == "Request size exceeded 1000 bytes"


def answering(monkeypatch: pytest.MonkeyPatch, function: Any) -> None:
    """Let GetAccountBalance be answered by this function."""
    monkeypatch.setitem(handlers.by_name(), "GetAccountBalance", handlers.Handler(function, "viewer"))


def refusing(error: Exception) -> Any:
    def refuse(caller: object, request: object) -> None:
        raise error

    return refuse


@pytest.mark.parametrize(
    ("refusal", "family", "message", "code"),
    [
        (NotFound("HIT", "3X"), "RequestError", "Hit 3X does not exist.", "HITDoesNotExist"),
        (
            InvalidParameter("WorkerId", "A1"),
            "ParameterValidationError",
            'The value "A1" is not valid for the parameter WorkerId.',
            "InvalidParameterValue",
        ),
        (
            WrongState("No.", code="InvalidHITState", mturk_message="M."),
            "RequestError",
            "M.",
            "InvalidHITState",
        ),
    ],
)
@pytest.mark.parametrize(("mode", "letter"), [("sandbox", " s"), ("production", "")])
def test_what_the_domain_refuses_is_told_in_mturks_words(
    ada, settings, monkeypatch, refusal, family, message, code, mode, letter
):
    settings.KEMPELEN_MODE = mode
    answering(monkeypatch, refusing(refusal))
    said = fault(call(a_key(ada)))
    assert said["__type"] == family
    told, _, stamp = said["Message"].rpartition(" (")
    assert told == message
    assert stamp.removesuffix(f"{letter})").isdecimal()
    assert said["TurkErrorCode"] == f"AWS.MechanicalTurk.{code}"


def test_a_fault_of_ours_is_logged_under_the_id_of_the_request(ada, monkeypatch, caplog):
    answering(monkeypatch, refusing(ZeroDivisionError("secret detail")))
    monkeypatch.setattr(logging.getLogger("kempelen"), "propagate", True)
    answer = call(a_key(ada))
    assert answer.status_code == 500
    assert fault(answer)["__type"] == "ServiceFault"
    assert answer["x-amzn-RequestId"] in caplog.text
    assert "secret detail" in caplog.text
    assert b"secret detail" not in answer.content


def test_an_operation_without_a_handler_is_refused(ada, monkeypatch):
    monkeypatch.delitem(handlers.by_name(), "GetAccountBalance")
    assert fault(call(a_key(ada)))["TurkErrorCode"] == "AWS.MechanicalTurk.NotAvailable"


def test_the_region_sandbox_is_refused_in_production(ada, settings):
    settings.KEMPELEN_MODE = "production"
    assert fault(call(a_key(ada), region="sandbox"))["__type"] == "InvalidSignatureException"
    assert call(a_key(ada)).status_code == 200


def test_a_name_that_the_model_lacks_fails_at_once():
    with pytest.raises(LookupError, match="GetHit"):
        handlers.operation("GetHit", role="viewer")
    with pytest.raises(LookupError, match="boss"):
        handlers.operation("GetHIT", role="boss")


def test_every_operation_has_a_handler():
    assert sorted(OPERATIONS.keys() - handlers.by_name().keys()) == []


def test_calls_need_no_page_machinery(ada, monkeypatch):
    for step in (
        "django.contrib.sessions.middleware.SessionMiddleware.process_request",
        "django.middleware.csrf.CsrfViewMiddleware.process_view",
        "django.middleware.common.CommonMiddleware.process_request",
    ):
        monkeypatch.setattr(step, None)
    client = Client(raise_request_exception=True)
    assert client.post("/", "", content_type=TYPE).status_code == 400
    assert call(a_key(ada)).status_code == 200
