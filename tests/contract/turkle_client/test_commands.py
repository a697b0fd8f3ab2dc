"""Every command of turkle-client does here what it is for."""

import csv
import io
import re
from pathlib import Path

import pytest

from kempelen.domain.actions import api_tokens, assignments, claims
from kempelen.domain.models import Batch, Requester, User, Worker
from tests.contract.turkle_client.conftest import TurkleClient
from tests.factories import a_user, owner_of
from tests.servers import Server
from tests.turkle_api.calling import TEMPLATE

PASSWORD = "horse-battery-staple"
PROJECT = {"name": "Birds", "filename": "birds.html"}


@pytest.fixture
def project(turkle: TurkleClient) -> int:
    """A project made with the client."""
    turkle.file("birds.html", TEMPLATE)
    said = turkle.run("projects", "create", "--file", turkle.file("p.jsonl", [PROJECT]))
    assert said == "1 project created"
    pk: int = turkle.json("projects", "list")[-1]["id"]
    return pk


@pytest.fixture
def batch(turkle: TurkleClient, project: int) -> int:
    """A batch made with the client."""
    turkle.file("may.csv", "text\none\nzwölf\n")
    made = turkle.file("b.jsonl", [{"name": "May", "project": project, "filename": "may.csv"}])
    assert turkle.run("batches", "create", "--file", made) == "1 batch created"
    pk: int = turkle.json("batches", "list")[-1]["id"]
    return pk


def test_config_keeps_where_the_server_is(turkle: TurkleClient, site: Server) -> None:
    assert f"url: {site.url}" in turkle.run("config", "print")


def test_users_are_created_from_json_lines_and_csv_listed_retrieved_and_updated(turkle: TurkleClient) -> None:
    lines = [{"username": "smith", "password": PASSWORD, "first_name": "Jo"}]
    assert turkle.run("users", "create", "--file", turkle.file("u.jsonl", lines)) == "1 user created"
    table = (
        f"username,password,email,is_active\njones,{PASSWORD},jones@example.org,True\nlee,{PASSWORD},,True\n"
    )
    assert turkle.run("users", "create", "--file", turkle.file("u.csv", table)) == "2 users created"
    assert {"smith", "jones", "lee"} <= {user["username"] for user in turkle.json("users", "list")}
    smith = turkle.json("users", "retrieve", "--username", "smith")
    assert turkle.json("users", "retrieve", "--id", str(smith["id"])) == smith
    changed = turkle.file("c.json", {"id": smith["id"], "last_name": "Smith", "is_staff": True})
    assert turkle.run("users", "update", "--file", changed) == "1 user updated"
    again = turkle.json("users", "retrieve", "--username", "smith")
    assert (again["first_name"], again["last_name"], again["is_staff"]) == ("Jo", "Smith", True)


def test_what_is_refused_is_said_with_its_line(turkle: TurkleClient) -> None:
    lines = [{"username": "good", "password": PASSWORD}, {"username": "bad", "password": "a"}]
    said = turkle.run("users", "create", "--file", turkle.file("u.jsonl", lines))
    assert said.startswith("Error: Failure on line 2 in u.jsonl: password - ")
    assert turkle.run("users", "retrieve", "--username", "nobody").startswith("Error: No User matches")
    assert turkle.run("batches", "retrieve", "--id", "999999").startswith("Error: No Batch matches")
    assert turkle.run("--token", "wrong", "users", "list") == "Error: Invalid token."


def test_groups_are_created_listed_retrieved_and_filled(turkle: TurkleClient) -> None:
    pks = [a_user(name).pk for name in ("One", "Two")]
    made = turkle.file("g.jsonl", [{"name": "Spanish readers", "users": pks[:1]}])
    assert turkle.run("groups", "create", "--file", made) == "1 group created"
    (group,) = turkle.json("groups", "retrieve", "--name", "Spanish readers")
    assert turkle.json("groups", "retrieve", "--id", str(group["id"])) == group
    more = turkle.file("more.json", pks[1:])
    said = turkle.run("groups", "add_users", "--id", str(group["id"]), "--file", more)
    assert said == "1 user added to the group"
    assert turkle.json("groups", "list")[0]["users"] == pks


def test_projects_are_listed_retrieved_and_updated_as_the_client_does_it(
    turkle: TurkleClient, project: int, batch: int
) -> None:
    found = turkle.json("projects", "retrieve", "--id", str(project))
    assert (found["name"], found["html_template"]) == ("Birds", TEMPLATE)
    (listed,) = turkle.json("projects", "batches", "--id", str(project))
    assert listed["id"] == batch
    # The client of 0.5.0 posts what it should patch: at Turkle too this makes a project.
    update = turkle.file("u.jsonl", [PROJECT | {"id": project, "name": "Cats"}])
    assert turkle.run("projects", "update", "--file", update) == "1 project updated"
    assert [one["name"] for one in turkle.json("projects", "list")] == ["Birds", "Cats"]


def test_batches_are_worked_on_and_their_files_come_back_whole(
    turkle: TurkleClient, batch: int, cleo: Worker
) -> None:
    pk = str(batch)
    assert turkle.json("batches", "retrieve", "--id", pk)["name"] == "May"
    held = claims.accept_next(cleo, Batch.objects.get(pk=batch).hit_group)
    assignments.submit(held.public_id, {"answer": "¿qué? 私"})
    assert turkle.run("batches", "input", "--id", pk) == '"text"\n"one"\n"zwölf"'
    (row,) = csv.DictReader(io.StringIO(turkle.run("batches", "results", "--id", pk)))
    assert (row["Answer.answer"], row["Turkle.Username"]) == ("¿qué? 私", "Cleo")
    progress = turkle.json("batches", "progress", "--id", pk)
    assert progress == {
        "total_tasks": 2,
        "total_task_assignments": 2,
        "total_finished_tasks": 1,
        "total_finished_task_assignments": 1,
    }
    more = turkle.file("more.csv", "text\nthree\n")
    said = turkle.run("batches", "add_tasks", "--id", pk, "--file", more)
    assert said == "Batch now has 3 tasks"
    change = turkle.file("c.jsonl", [{"id": batch, "name": "June", "active": False}])
    assert turkle.run("batches", "update", "--file", change) == "1 batch updated"
    changed = turkle.json("batches", "retrieve", "--id", pk)
    assert (changed["name"], changed["active"]) == ("June", False)


def test_permissions_are_retrieved_added_and_replaced(
    turkle: TurkleClient, project: int, batch: int, cleo: Worker, dan: Worker
) -> None:
    first, second = cleo.user_id, dan.user_id
    for which in (("--pid", str(project)), ("--bid", str(batch))):
        assert turkle.json("permissions", "retrieve", *which) == {"groups": [], "users": []}
        one = turkle.file("one.json", {"users": [first], "groups": []})
        assert turkle.json("permissions", "add", *which, "--file", one)["users"] == [first]
        other = turkle.file("other.json", {"users": [second], "groups": []})
        assert turkle.json("permissions", "add", *which, "--file", other)["users"] == [first, second]
        assert turkle.json("permissions", "replace", *which, "--file", other)["users"] == [second]


def test_a_requesters_member_uses_it_too(
    site: Server, ben: Requester, tmp_path_factory: pytest.TempPathFactory
) -> None:
    _, key = api_tokens.create(owner_of(ben))
    turkle = TurkleClient(tmp_path_factory.mktemp("ben"), f"{site.url}/r/{ben.slug}", key)
    turkle.file("birds.html", TEMPLATE)
    assert (
        turkle.run("projects", "create", "--file", turkle.file("p.jsonl", [PROJECT])) == "1 project created"
    )
    assert [one["name"] for one in turkle.json("projects", "list")] == ["Birds"]
    assert ben.projects.get().name == "Birds"
    refused = turkle.file("u.jsonl", [{"id": User.objects.get(username="Ben").pk, "is_superuser": True}])
    assert "only first_name and last_name" in turkle.run("users", "update", "--file", refused)


def test_every_command_that_its_help_names_is_tried_here(turkle: TurkleClient) -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    tried = set(re.findall(r'turkle\.\w+\(\s*"(\w+)",\s*"(\w+)"', here))
    tried |= {("config", "url"), ("config", "token")}
    there_are = set()
    for command in ("config", "users", "groups", "projects", "batches", "permissions"):
        choices = re.search(r"{([\w,]+)}", turkle.run(command, "--help"))
        assert choices
        there_are |= {(command, choice) for choice in choices[1].split(",")}
    assert there_are - tried == set()
