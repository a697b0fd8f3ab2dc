"""Trouble on demand, asked for over HTTP; what boto3 sees of it is in tests/contract/sandbox."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kempelen.domain.models import TroubleCount, TroubleMade, User
from kempelen.domain.trouble import state
from tests.servers import clean_environment
from tests.web.sandbox.asking import Program

pytestmark = pytest.mark.django_db
TROUBLE = "/kempelen/sandbox/trouble"
CREATE_HIT = "MTurkRequesterServiceV20170117.CreateHIT"


@pytest.fixture(autouse=True)
def own_folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.KEMPELEN_DATA_DIR = tmp_path
    return tmp_path


def set_trouble(program: Program, **wanted: Any) -> Any:
    return program.ask(wanted, "trouble")


def call(target: str = CREATE_HIT) -> HttpResponse:
    headers = {"X-Amz-Target": target}
    return Client().post("/", b"{}", content_type="application/x-amz-json-1.1", headers=headers)


def test_it_is_set_looked_at_and_stopped(program: Program) -> None:
    off = {"is_on": False, "since": None, "settings": None, "counts": {}}
    assert program.look("trouble") == off
    told = set_trouble(program, errors=1, seed=7)
    assert told["is_on"] and told["settings"]["errors"] == 1.0 and told["settings"]["seed"] == 7
    call()
    assert program.look("trouble")["counts"]["CreateHIT"]["requests"] == 1

    stopped = program.client.delete(TROUBLE, headers=program.headers).json()
    assert not stopped["is_on"] and stopped["counts"]["CreateHIT"]["requests"] == 1
    assert call().status_code == 400  # not signed, which is now all that is wrong
    assert state.current() is None


def test_setting_it_again_counts_anew(program: Program) -> None:
    set_trouble(program, throttling=1)
    first = [json.loads(call().content)["__type"] for _ in range(2)]
    assert first == ["ThrottlingException"] * 2
    assert set_trouble(program, errors=1)["counts"] == {}
    assert TroubleCount.objects.count() == 0 and TroubleMade.objects.get().round == 2


@pytest.mark.parametrize(
    "hostile",
    [
        *("", "[]", "null", "{", '{"errors": NaN}', '{"errors": 1e999}', '{"errors": 2}', '{"__proto__": 1}'),
        *('{"errors": 1, "operations": ["' + "x" * 1000 + '"]}', '{"seed": ' + "9" * 5000 + "}", "[" * 60000),
    ],
)
def test_hostile_settings_are_400_and_change_nothing(program: Program, hostile: str) -> None:
    set_trouble(program, late=0.5)
    answer = program.client.post(TROUBLE, hostile, content_type="application/json", headers=program.headers)
    assert answer.status_code == 400 and len(answer.json()["message"]) < 400
    assert program.look("trouble")["settings"]["late"] == 0.5


def test_it_takes_an_administrators_token(program: Program) -> None:
    set_trouble(program, errors=1)
    for client in (Client(), Client(enforce_csrf_checks=True)):
        assert client.delete(TROUBLE).status_code == 401
        assert client.post(TROUBLE, {"errors": 1}, content_type="application/json").status_code == 401
    assert program.look("trouble")["is_on"]


def test_production_knows_nothing_of_it(program: Program, settings: LazySettings) -> None:
    set_trouble(program, errors=1)
    settings.KEMPELEN_MODE = "production"
    assert program.client.get(TROUBLE, headers=program.headers).status_code == 404
    assert program.client.delete(TROUBLE, headers=program.headers).status_code == 404
    assert state.current() is None and call().status_code == 400


@pytest.mark.once
@pytest.mark.parametrize(("mode", "is_there"), [("production", False), ("sandbox", True)])
def test_only_a_sandbox_has_the_middleware(mode: str, is_there: bool, tmp_path: Path) -> None:
    program = "from kempelen.config import settings; print(settings.MIDDLEWARE)"
    environment = clean_environment() | {"KEMPELEN_MODE": mode, "KEMPELEN_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert ("TroubleMaker" in done.stdout) is is_there


def test_without_trouble_a_request_costs_no_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        client.get("/static/none.css")
        call("nonsense")


def test_pages_fail_only_where_they_are_named(program: Program, client: Client) -> None:
    set_trouble(program, errors=1)
    assert client.get("/").status_code == 200
    set_trouble(program, errors=1, operations=["pages", "externalSubmit"], when=["before"])

    page = client.get("/")
    assert page.status_code == 500 and "Something broke" in page.content.decode()
    assert client.post("/mturk/externalSubmit", {"assignmentId": "A"}).status_code == 500
    assert client.get("/account/login/").status_code == 200
    assert client.get("/health/").status_code == 200
    counts = program.look("trouble")["counts"]
    assert counts["pages"] == {"requests": 1, "errors before": 1}
    assert counts["externalSubmit"] == {"requests": 1, "errors before": 1}


def test_pages_can_be_asked_for_too_often(program: Program, client: Client) -> None:
    set_trouble(program, throttling=1, operations=["pages"])
    assert client.get("/").status_code == 429


def test_other_servers_can_only_answer_with_too_little(program: Program) -> None:
    set_trouble(program, dropped=1, when=["before"])
    answer = call()
    assert len(answer.content) < int(answer["Content-Length"])


def test_another_node_follows_the_row(program: Program, own_folder: Path, settings: LazySettings) -> None:
    set_trouble(program, errors=1)
    settings.KEMPELEN_DATA_DIR = other = own_folder / "other"
    other.mkdir()
    assert state.current() is None
    state.follow()
    made = state.current()
    assert made is not None and made.wanted.errors == 1

    TroubleMade.objects.update(wanted={})
    state.follow()
    assert state.current() is None and not list(other.iterdir())


def test_requesters_and_administrators_see_it_at_the_top_and_workers_do_not(
    program: Program, client: Client
) -> None:
    client.force_login(User.objects.get(username="Root"))
    assert "trouble on demand" not in client.get("/site/").content.decode()
    set_trouble(program, throttling=0.1, slow=0.255, doubled=1)

    shown = client.get("/site/").content.decode()

    assert (
        "of calls of the API, 10 % are refused as too many, 26 % are slow; of notifications, 100 %" in shown
    )
    assert "trouble on demand" not in client.get("/").content.decode()
    set_trouble(program, errors=1, operations=["CreateHIT", "pages"])
    assert "of requests for CreateHIT, pages, 100 % fail." in client.get("/site/").content.decode()
