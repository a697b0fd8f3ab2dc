"""Workers made many at once."""

from typing import Any

import pytest
from django.test import Client

from kempelen.domain.models import User, Worker
from tests.web.sandbox.asking import Program

pytestmark = pytest.mark.django_db


def test_each_is_a_worker_with_a_link(program: Program) -> None:
    made = program.ask({"names": ["Cleo", "Dan"]}, "workers")["workers"]

    assert [one["name"] for one in made] == ["Cleo", "Dan"]
    assert {one["worker_id"] for one in made} == set(Worker.objects.values_list("public_id", flat=True))
    client = Client()
    client.post(made[1]["login_link"])
    assert client.session["_auth_user_id"] == str(User.objects.get(username="Dan").pk)
    assert program.look("workers") == {"count": 2}


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"names": []},
        {"names": "Cleo"},
        {"names": [1]},
        {"names": [""]},
        {"names": ["a\0b"]},
        {"names": ["\ud800"]},
        {"names": ["Cleo", "cleo"]},
        {"names": [f"w{number}" for number in range(501)]},
        {"names": ["Cleo"], "count": 3},
    ],
)
def test_what_makes_no_sense_makes_nobody(program: Program, arguments: dict[str, Any]) -> None:
    refused = program.ask(arguments, "workers", status=400)

    assert refused["message"]
    assert not Worker.objects.exists()
