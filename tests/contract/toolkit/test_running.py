"""Programs with Amazon's address in them, run unchanged by `kempelen run` against our server."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kempelen.domain.actions import access_keys
from kempelen.domain.models import HIT, Requester
from tests.contract.toolkit.conftest import PROGRAM, Toolkit

SANDBOX = "https://mturk-requester-sandbox.us-east-1.amazonaws.com"
PRODUCTION = "https://mturk-requester.us-east-1.amazonaws.com"
AWS = str(Path(sys.executable).with_name("aws"))
# As tutorials have it, with the names and the layout that they copy from each other.
TUTORIAL = """
import boto3

MTURK_SANDBOX = 'https://mturk-requester-sandbox.us-east-1.amazonaws.com'

mturk = boto3.client('mturk',
   region_name='us-east-1',
   endpoint_url = MTURK_SANDBOX
)
print("I have $" + mturk.get_account_balance()['AvailableBalance'] + " in my Sandbox account")

question = open(file='questions.xml', mode='r').read()
new_hit = mturk.create_hit(
    Title = 'Is this Tweet happy, angry, excited, scared, annoyed or upset?',
    Description = 'Read this tweet and type out one word to describe the emotion of the person posting it',
    Keywords = 'text, quick, labeling',
    Reward = '0.15',
    MaxAssignments = 1,
    LifetimeInSeconds = 172800,
    AssignmentDurationInSeconds = 600,
    AutoApprovalDelayInSeconds = 14400,
    Question = question,
)
print("HITID = " + new_hit['HIT']['HITId'] + " (Use to Get Results)")
"""
QUESTIONS = """<?xml version="1.0" encoding="UTF-8"?>
<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<!DOCTYPE html><html><body><form name='mturk_form' method='post'
action='https://workersandbox.mturk.com/mturk/externalSubmit'><textarea name='comment'></textarea>
</form></body></html>]]></HTMLContent><FrameHeight>450</FrameHeight></HTMLQuestion>"""
BALANCE = "import boto3\nprint(boto3.client('mturk'{}).get_account_balance()['AvailableBalance'])"


def python(toolkit: Toolkit, script: str, *, status: int = 0) -> str:
    """Run a script by `kempelen run`; gives what both print."""
    (toolkit.folder / "script.py").write_text(script, encoding="utf-8")
    command = [PROGRAM, "run", "--", sys.executable, "script.py"]
    done = subprocess.run(
        command, cwd=toolkit.folder, env=toolkit.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_boto3_snippet_of_tutorials_runs_to_the_letter(toolkit: Toolkit) -> None:
    (toolkit.folder / "questions.xml").write_text(QUESTIONS, encoding="utf-8")
    said = python(toolkit, TUTORIAL)
    assert "I have $10000.00 in my Sandbox account" in said and "kempelen run:" not in said
    assert HIT.objects.get().public_id in said


@pytest.mark.once
def test_the_aws_command_with_amazons_address_and_without_any(toolkit: Toolkit) -> None:
    for address in (SANDBOX, PRODUCTION):
        asked = (AWS, "mturk", "get-account-balance", "--endpoint-url", address)
        assert '"AvailableBalance": "10000.00"' in toolkit.run("run", "--", *asked)
    # Options of the program are the program's, also without the dashes.
    assert "10000.00" in toolkit.run("run", AWS, "mturk", "get-account-balance", "--output", "text")


@pytest.mark.once
def test_the_key_comes_from_the_profile_where_the_program_has_none(toolkit: Toolkit) -> None:
    names = ("AWS_ENDPOINT_URL_MTURK", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    url, key, secret = (toolkit.environment.pop(name) for name in names)
    toolkit.environment.pop("AWS_DEFAULT_REGION")
    toolkit.environment.pop("AWS_REGION")
    toolkit.run("profile", "add", "lab", "--endpoint-url", url, "--key-id", key, said=f"{secret}\n")
    (toolkit.folder / "script.py").write_text(BALANCE.format(""), encoding="utf-8")
    assert "10000.00" in toolkit.run("--profile", "lab", "run", "--", sys.executable, "script.py")


@pytest.mark.once
def test_a_key_written_into_the_program_is_its_own(toolkit: Toolkit, ben: Requester) -> None:
    """Its secret is not known here: the signature stays, and with it the host that was signed."""
    key, secret = access_keys.create(ben.memberships.get(role="owner"))
    script = "import boto3\nprint(boto3.client('mturk', aws_access_key_id={!r}, aws_secret_access_key={!r}"
    call = ", endpoint_url={!r}).create_hit_type(Title='t', Description='d', Reward='0.01',"
    script += call + " AssignmentDurationInSeconds=60)['HITTypeId'])"
    made = python(toolkit, script.format(key.public_id, secret, SANDBOX)).strip()
    assert ben.hit_types.get().public_id == made
    wrong = python(toolkit, script.format(key.public_id, "of another", PRODUCTION), status=1)
    assert "InvalidSignatureException" in wrong


@pytest.mark.once
def test_a_program_that_ignores_proxies_is_told_of(toolkit: Toolkit) -> None:
    assert "nothing came from" in python(toolkit, "print('nothing')")
    believes_nothing = (
        "import contextlib, ssl, urllib.request as r\n"
        "with contextlib.suppress(OSError):\n"
        f"    r.urlopen('{SANDBOX}', context=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))"
    )
    assert "did not believe the certificate" in python(toolkit, believes_nothing)


@pytest.mark.once
def test_a_server_that_went_away_is_named_and_the_program_sees_an_error(toolkit: Toolkit) -> None:
    toolkit.environment |= {"AWS_ENDPOINT_URL_MTURK": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}
    said = python(toolkit, BALANCE.format(f", endpoint_url={PRODUCTION!r}"), status=1)
    assert "ServiceUnavailable" in said and "kempelen run: http://127.0.0.1:9 does not answer" in said


@pytest.mark.once
def test_statuses_and_signals_are_passed_on_and_nothing_stays_behind(toolkit: Toolkit) -> None:
    private = toolkit.folder / "private"
    private.mkdir()
    toolkit.environment["TMPDIR"] = str(private)
    python(toolkit, "raise SystemExit(7)", status=7)
    assert "no program" in toolkit.run("run", "--", "./none", status=127)
    script = "import signal, sys\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(9))\n"
    (toolkit.folder / "waits.py").write_text(script + "print('ready', flush=True)\nsignal.pause()\n")
    running: Any = toolkit.start("run", "--", sys.executable, "waits.py")
    with running:
        assert running.stdout.readline() == b"ready\n"
        (folder,) = private.iterdir()
        assert folder.stat().st_mode & 0o077 == 0
        assert not [file for file in folder.iterdir() if "PRIVATE KEY" in file.read_text()]
        running.send_signal(signal.SIGTERM)
        assert running.wait() == 9
    assert not list(private.iterdir())


@pytest.mark.once
def test_requests_and_curls_kind_find_the_server_too(toolkit: Toolkit) -> None:
    script = f"import requests, urllib.request as r\nprint(requests.get('{SANDBOX}/health/').text.strip())\n"
    said = python(toolkit, script + f"print(r.urlopen('{PRODUCTION}/health/').read().decode())")
    assert said.split() == ["ok", "ok"]
