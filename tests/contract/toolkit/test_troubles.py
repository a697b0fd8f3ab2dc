"""What goes wrong is said in a sentence with its remedy, and no secret is ever in it."""

import stat

import pytest

from tests.contract.toolkit.conftest import TITLE, Toolkit

pytestmark = pytest.mark.once


def test_without_an_endpoint_it_says_how_to_name_one(toolkit: Toolkit) -> None:
    del toolkit.environment["AWS_ENDPOINT_URL_MTURK"]
    said = toolkit.run("balance", status=1)
    assert "Amazon’s own has closed" in said and "kempelen profile add" in said


def test_a_server_that_is_not_there_is_named(toolkit: Toolkit) -> None:
    toolkit.environment["AWS_MAX_ATTEMPTS"] = "1"
    said = toolkit.run("--endpoint-url", "http://127.0.0.1:9", "balance", status=1)
    assert "http://127.0.0.1:9 does not answer" in said and "Traceback" not in said


def test_a_wrong_key_and_a_wrong_secret_are_told_apart(toolkit: Toolkit) -> None:
    toolkit.environment["AWS_SECRET_ACCESS_KEY"] = "not-the-secret"
    assert "The secret does not belong" in toolkit.run("balance", status=1)
    toolkit.environment["AWS_ACCESS_KEY_ID"] = "AKIAUNKNOWNUNKNOWN00"
    said = toolkit.run("balance", status=1)
    assert "does not know this access key" in said and "not-the-secret" not in said


def test_profiles_name_servers_and_keep_secrets(toolkit: Toolkit) -> None:
    variables = ("AWS_ENDPOINT_URL_MTURK", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    url, key, secret = (toolkit.environment.pop(name) for name in variables)
    said = toolkit.run("profile", "add", "lab", "--endpoint-url", url, "--key-id", key, said=f"{secret}\n")

    file = toolkit.folder / "profiles.toml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert secret in file.read_text() and secret not in said + toolkit.run("profile", "list")
    assert url in toolkit.run("--profile", "lab", "balance")
    assert url in toolkit.run("balance", "--profile=lab")
    assert "There is no profile 'lob' (there are: lab)" in toolkit.run(
        "--profile", "lob", "balance", status=1
    )
    assert toolkit.json("profile", "remove", "lab") == {"forgotten": "lab"}
    assert "there are: none yet" in toolkit.run("--profile", "lab", "balance", status=1)


def test_a_profile_that_could_not_work_is_not_kept(toolkit: Toolkit) -> None:
    assert "Which server?" in toolkit.run("profile", "add", "lab", status=1)
    add = ("profile", "add", "lab", "--endpoint-url")
    assert "is no address" in toolkit.run(*add, "nonsense", status=1)
    assert "The secret is missing" in toolkit.run(*add, "http://localhost:9", "--key-id", "A", status=1)
    assert toolkit.json("profile", "list") == {}


def test_results_have_a_place_before_they_are_fetched(toolkit: Toolkit) -> None:
    toolkit.publish_people()
    assert "is a folder" in toolkit.run("results", "people", "-o", ".", status=1)
    assert "there is no folder none" in toolkit.run("results", "people", "-o", "none/a.csv", status=1)
    assert toolkit.json("results", "people")["answers"] == 0
    toolkit.run("expire", "--batch", "people")
    toolkit.run("delete", "--batch", "people", "--yes")
    assert "HITId" in toolkit.run("results", "people", "-o", "/dev/stdout")


def test_rows_that_do_not_fit_are_named_and_nothing_is_published(toolkit: Toolkit) -> None:
    (toolkit.folder / "people.csv").write_text("nome\nAda\n")
    said = toolkit.run("publish", "who.html", "people.csv", *TITLE, status=1)
    assert "name" in said and not list(toolkit.folder.glob("*.hits.jsonl"))
    (toolkit.folder / "people.csv").write_text("name\nAda\nGrace,1906\n")
    assert "row 3" in toolkit.run("publish", "who.html", "people.csv", *TITLE, status=1)


def test_a_row_that_the_server_refuses_does_not_keep_the_others_back(toolkit: Toolkit) -> None:
    long = f"{'x' * 70_000}\n"
    (toolkit.folder / "people.csv").write_text(f"name\nAda\n{8 * long}Alan\n")
    said = toolkit.run("publish", "who.html", "people.csv", *TITLE, status=1)
    assert "2 HITs published" in said and "Row 2:" in said and "8 rows failed" in said
    assert len(toolkit.hit_ids("people")) == 2


def test_when_no_row_can_be_published_it_ends_soon(toolkit: Toolkit) -> None:
    rows = "".join(f"{number}{'x' * 70_000}\n" for number in range(100))
    (toolkit.folder / "people.csv").write_text(f"name\n{rows}")
    said = toolkit.run("publish", "who.html", "people.csv", *TITLE, status=1)
    assert "The first 20 rows all failed" in said and "the same command goes on" in said


def test_misspelt_properties_are_told_with_what_was_meant(toolkit: Toolkit) -> None:
    (toolkit.folder / "project.yaml").write_text("title: A\nrewards: 0.05\n")
    said = toolkit.run("publish", "who.html", "people.csv", status=1)
    assert "there is no property 'rewards'. Did you mean reward?" in said
    (toolkit.folder / "project.yaml").write_text("title: A\nreward: 0.055\n")
    assert "no sum in whole cents" in toolkit.run("publish", "who.html", "people.csv", status=1)


def test_an_unknown_batch_names_those_that_are_there(toolkit: Toolkit) -> None:
    toolkit.publish_people()
    assert "There are: people." in toolkit.run("status", "peple", status=1)
