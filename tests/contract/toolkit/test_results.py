"""Results that go elsewhere than to a file, and only what is new."""

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from tests.contract.api.crowd import CrowdWorker
from tests.contract.toolkit.conftest import Toolkit

pytestmark = pytest.mark.once

CLOUD_KEYS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}


@pytest.fixture
def answered(toolkit: Toolkit, crowd: Callable[..., CrowdWorker]) -> tuple[list[str], CrowdWorker]:
    """Three HITs, of which the first was answered, and who did it."""
    ids = toolkit.publish_people()
    cleo = crowd("Cleo")
    cleo.answer(ids[0], {"who": "a “countess”"})
    return ids, cleo


def said(toolkit: Toolkit, *words: str) -> list[tuple[str, str]]:
    text = toolkit.run("results", "people", "-o", "-", *words)
    return [
        (row["Answer.who"], row["AssignmentStatus"]) for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def test_new_gives_each_answer_once_and_again_when_its_status_changes(
    toolkit: Toolkit, answered: tuple[list[str], CrowdWorker], mturk: Any
) -> None:
    ids, cleo = answered
    assert said(toolkit, "--new") == [("a “countess”", "Submitted")]
    assert "Answer.who" not in toolkit.run("results", "people", "-o", "-", "--new")
    second = cleo.answer(ids[1], {"who": "an admiral"})
    assert said(toolkit, "--new") == [("an admiral", "Submitted")]
    mturk.approve_assignment(AssignmentId=second)
    toolkit.run("results", "people", "--new")
    assert b"an admiral" in (toolkit.folder / "people.new.csv").read_bytes()
    noted = toolkit.folder / "people.fetched.jsonl"
    noted.write_bytes(noted.read_bytes()[:-20])  # as if the last run had been killed before it was done
    assert said(toolkit, "--new") == [("an admiral", "Approved")]
    assert len(said(toolkit)) == 2


def test_a_file_that_cannot_be_written_leaves_all_new(
    toolkit: Toolkit, answered: tuple[list[str], CrowdWorker]
) -> None:
    unreachable = "postgresql://127.0.0.1:1/none?connect_timeout=1"
    assert "took nothing" in toolkit.run("results", "people", "--new", "--to", unreachable, status=1)
    assert not (toolkit.folder / "people.fetched.jsonl").read_bytes()
    assert len(said(toolkit, "--new")) == 1


def test_a_table_in_sqlite_is_made_added_to_and_renewed(
    toolkit: Toolkit, answered: tuple[list[str], CrowdWorker], mturk: Any
) -> None:
    ids, cleo = answered
    to = ("results", "people", "--to", "sqlite:///results.db", "--new")
    assert toolkit.json(*to)["answers"] == 1
    mturk.approve_assignment(AssignmentId=cleo.answer(ids[1], {"who": "an admiral\0"}))
    assert toolkit.json(*to)["answers"] == 1
    database = sqlite3.connect(toolkit.folder / "results.db")
    rows = database.execute("select input, answer, status, batch from results order by answer").fetchall()
    database.close()
    assert [(json.loads(row[0])["name"], json.loads(row[1])["who"], *row[2:]) for row in rows] == [
        ("Ada", "a “countess”", "Submitted", "people"),
        ("Grace", "an admiral�", "Approved", "people"),
    ]


@pytest.fixture
def s3() -> Iterator[str]:
    """The address of S3 as AWS has it, with a bucket `research`."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    keys = {name.lower(): value for name, value in CLOUD_KEYS.items()}
    client = boto3.client("s3", endpoint_url=f"http://{host}:{port}", region_name="us-east-1", **keys)
    client.create_bucket(Bucket="research")
    yield f"http://{host}:{port}"
    client.close()
    server.stop()


def test_results_are_sent_to_s3_with_awss_own_credentials(
    toolkit: Toolkit, answered: tuple[list[str], CrowdWorker], s3: str, tmp_path: Path
) -> None:
    key = toolkit.environment["AWS_ACCESS_KEY_ID"]
    secret = toolkit.environment["AWS_SECRET_ACCESS_KEY"]
    url = toolkit.environment["AWS_ENDPOINT_URL_MTURK"]
    toolkit.run("profile", "add", "lab", "--endpoint-url", url, "--key-id", key, said=secret)
    toolkit.environment |= CLOUD_KEYS | {"AWS_ENDPOINT_URL_S3": s3}
    place = "s3://research/2026/people.jsonl"
    assert "1 answer written to" in toolkit.run("results", "people", "--to", place, "--profile", "lab")
    keys = {name.lower(): value for name, value in CLOUD_KEYS.items()}
    client = boto3.client("s3", endpoint_url=s3, region_name="us-east-1", **keys)
    body = client.get_object(Bucket="research", Key="2026/people.jsonl")["Body"].read()
    client.close()
    assert json.loads(body)["Answer"] == {"who": "a “countess”"}
    gone = "s3://nowhere/people.csv"
    assert "took nothing" in toolkit.run("results", "people", "--to", gone, "--profile", "lab", status=1)


def test_a_place_that_will_not_do_is_refused_before_anything_is_fetched(toolkit: Toolkit) -> None:
    toolkit.publish_people()
    for words, why in (
        (("--to", "results.db"), "is no address"),
        (("--to", "sqlite:///x.db", "-o", "x.csv"), "Where to?"),
        (("--to", "sqlite:///x.db", "--table", 'x"; drop'), "no name of a table"),
        (("--to", "postgresql://me:secret@127.0.0.1/x"), "PGPASSWORD"),
        (("--to", "s3://bucket/"), "no address in S3"),
    ):
        complaint = toolkit.run("results", "people", *words, status=1)
        assert why in complaint and "secret" not in complaint
