"""Keys made on the command line, and a shell that `kempelen env` has prepared."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import boto3
import pytest

from tests.servers import Server

PROGRAMS = Path(sys.executable).parent


def pair_in(said: str) -> list[str]:
    return [line.partition("=")[2] for line in said.splitlines()[:2]]


def test_a_key_is_made_with_its_secret_for_the_first_requesters_owner(shell_of_ben):
    done = shell_of_ben.run("access-key", "create")
    key, secret = pair_in(done.stdout)
    assert key.startswith("AKIA")
    assert len(secret) == 40
    assert "A key of ben for Lab of Ben." in done.stderr
    assert secret not in shell_of_ben.run("access-key", "list").stdout


def test_the_list_has_the_keys_that_work(shell_of_ben):
    shell_of_ben.run("add-user", "cleo", "--role", "viewer")
    first, _ = pair_in(shell_of_ben.run("access-key", "create").stdout)
    second = json.loads(shell_of_ben.run("access-key", "create", "--user", "cleo", "--json").stdout)
    shell_of_ben.run("access-key", "revoke", first)
    (told,) = json.loads(shell_of_ben.run("access-key", "list", "--json").stdout)
    assert told["AccessKeyId"] == second["AccessKeyId"]
    assert (told["UserName"], told["Role"], told["LastUsedDate"]) == ("cleo", "viewer", None)
    assert shell_of_ben.run("access-key", "list", "--user", "ben").stdout == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["revoke"], "Name the key to revoke"),
        (["revoke", "AKIANOBODY"], "There is no access key AKIANOBODY of Lab of Ben"),
        (["create", "--user", "eve"], "Lab of Ben has no member “eve”. It has: ben."),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(shell_of_ben, words, said):
    assert said in shell_of_ben.run("access-key", *words, status=1).stderr


def test_env_makes_a_key_once_and_shows_it_again(shell_of_ben):
    said = shell_of_ben.run("env").stdout
    assert "export AWS_ENDPOINT_URL_MTURK=http://localhost:8000\n" in said
    assert "export AWS_DEFAULT_REGION=us-east-1\n" in said
    assert shell_of_ben.run("env").stdout == said
    assert len(shell_of_ben.run("access-key", "list").stdout.splitlines()) == 1


def test_env_makes_another_key_for_one_that_was_revoked(shell_of_ben):
    first = json.loads(shell_of_ben.run("env", "--json").stdout)
    shell_of_ben.run("access-key", "revoke", first["AWS_ACCESS_KEY_ID"])
    second = json.loads(shell_of_ben.run("env", "--json").stdout)
    assert second["AWS_ACCESS_KEY_ID"] != first["AWS_ACCESS_KEY_ID"]


def in_a_prepared_shell(server: Server, command: str) -> str:
    """What a command prints after `eval "$(kempelen env)"`."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "KEMPELEN_"))
    }
    environment = inherited | {
        "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(server.folder.parent),
        "KEMPELEN_DATA_DIR": str(server.folder),
        "AWS_PAGER": "",
        # Left over from work with Amazon; our key goes without it.
        "AWS_SESSION_TOKEN": "amazons",
    }
    if server.database_url:
        environment["KEMPELEN_DATABASE_URL"] = server.database_url
    script = f'set -e; eval "$({shlex.quote(str(server.program))} env)"; {command}'
    done = subprocess.run(
        ["bash", "-c", script], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_aws_command_calls_this_server(server):
    said = in_a_prepared_shell(server, "aws mturk get-account-balance; env | grep -c SESSION_TOKEN || true")
    balance, _, tokens = said.rpartition("}")
    assert json.loads(balance + "}") == {"AvailableBalance": "10000.00"}
    assert tokens.strip() == "0"


def test_boto3_without_any_argument_calls_this_server(server):
    script = "import boto3; print(boto3.client('mturk').get_account_balance()['AvailableBalance'])"
    assert in_a_prepared_shell(server, f"python -c {shlex.quote(script)}") == "10000.00\n"


def test_a_key_that_was_revoked_beside_a_running_server_stops_at_once(server):
    key, secret = pair_in(server.run("access-key", "create"))
    mturk = boto3.client(
        "mturk",
        endpoint_url=server.url,
        region_name="us-east-1",
        aws_access_key_id=key,
        aws_secret_access_key=secret,
    )
    assert mturk.get_account_balance()
    assert "last used" in next(line for line in server.run("access-key", "list").splitlines() if key in line)
    server.run("access-key", "revoke", key)
    with pytest.raises(mturk.exceptions.ClientError, match="UnrecognizedClientException"):
        mturk.get_account_balance()
    mturk.close()
