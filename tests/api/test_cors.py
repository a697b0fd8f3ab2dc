"""Scripts of other pages that call the API."""

import pytest

from tests.api.calling import a_key, call

LAB = "https://lab.example.org"
ASKED = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,x-amz-target",
}


def test_no_page_of_another_origin_is_let_in_by_default(ada, client):
    answer = call(a_key(ada), unsigned={"Origin": LAB})
    assert not [name for name in answer.headers if name.startswith("Access-Control")]
    asked = client.options("/", headers={"Origin": LAB, **ASKED})
    assert asked.status_code == 405
    assert "Access-Control-Allow-Origin" not in asked


@pytest.mark.parametrize("allowed", [[LAB], ["*"]])
def test_a_browser_hears_that_a_named_origin_may_call(client, settings, allowed):
    settings.KEMPELEN_API_CORS_ORIGINS = allowed
    answer = client.options("/", headers={"Origin": LAB, **ASKED})
    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == LAB
    assert answer["Access-Control-Allow-Methods"] == "POST"
    assert answer["Access-Control-Allow-Headers"] == ASKED["Access-Control-Request-Headers"]
    assert answer["Vary"] == "Origin"


def test_answers_and_refusals_are_readable_for_a_named_origin(ada, settings):
    settings.KEMPELEN_API_CORS_ORIGINS = [LAB]
    key, secret = a_key(ada)
    for answer in (
        call((key, secret), unsigned={"Origin": LAB}),
        call((key, "no"), unsigned={"Origin": LAB}),
    ):
        assert answer["Access-Control-Allow-Origin"] == LAB
        assert "x-amzn-RequestId" in answer["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in answer


def test_another_origin_stays_out(ada, client, settings):
    settings.KEMPELEN_API_CORS_ORIGINS = [LAB]
    answer = call(a_key(ada), unsigned={"Origin": "https://lab.example.org.evil.example"})
    assert "Access-Control-Allow-Origin" not in answer
    assert answer["Vary"] == "Origin"
    assert client.options("/", headers={"Origin": "null", **ASKED}).status_code == 405


def test_only_the_apis_own_address_is_opened(client, settings, db):
    settings.KEMPELEN_API_CORS_ORIGINS = ["*"]
    assert "Access-Control-Allow-Origin" not in client.options(
        "/account/login/", headers={"Origin": LAB, **ASKED}
    )
    assert "Access-Control-Allow-Origin" not in client.get("/", headers={"Origin": LAB})
