"""Tokens made on the command line."""

import json


def test_create_prints_the_token_alone(shell_of_ben):
    done = shell_of_ben.run("token", "create", "--user", "ben", "--name", "nightly")
    assert done.stdout.startswith("kempelen_")
    assert len(done.stdout.split()) == 1
    listed = shell_of_ben.run("token", "list").stdout
    assert "nightly" in listed
    assert done.stdout.strip() not in listed


def test_a_token_of_the_first_administrator_is_made_and_revoked(shell_of_ben):
    shell_of_ben.run("administrators", "--add", "ben")
    key = shell_of_ben.run("token", "create", "--admin").stdout.strip()
    (told,) = json.loads(shell_of_ben.run("token", "list", "--json").stdout)
    assert (told["UserName"], told["Scope"], told["Ending"]) == ("ben", "administrator", key[-4:])
    assert "works no more" in shell_of_ben.run("token", "revoke", key).stdout
    assert "There are no tokens" in shell_of_ben.run("token", "list").stderr


def test_whose_token_must_be_said_and_revoking_needs_one_that_there_is(shell_of_ben):
    assert "--user NAME" in shell_of_ben.run("token", "create", status=1).stderr
    assert "There is no user" in shell_of_ben.run("token", "create", "--user", "x", status=1).stderr
    assert "There is no token 9" in shell_of_ben.run("token", "revoke", "9", status=1).stderr
    assert "There is no token of" in shell_of_ben.run("token", "revoke", "k", status=1).stderr
