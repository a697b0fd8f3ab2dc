"""The AWS command line and Node with Amazon's SDK, run as a requester's shell runs them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from kempelen.domain.actions import access_keys
from kempelen.domain.models import Requester
from tests import programs
from tests.servers import Server, clean_environment

# Programs that are given words and print JSON.
Program = Callable[..., Any]
_JAVASCRIPT = Path(__file__).with_name("sdk_for_javascript.cjs")


@pytest.fixture
def shell(site: Server, ada: Requester) -> dict[str, str]:
    """The variables of Ada's shell: where the server is, and a key; elsewhere, the key of who runs tests."""
    variables = {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL_MTURK": os.environ.get("KEMPELEN_TEST_ENDPOINT", site.url),
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_PAGER": "",
    }
    if "KEMPELEN_TEST_ENDPOINT" not in os.environ:
        key, secret = access_keys.create(ada.memberships.get())
        variables |= {"AWS_ACCESS_KEY_ID": key.public_id, "AWS_SECRET_ACCESS_KEY": secret}
    return clean_environment() | variables


@pytest.fixture
def aws(shell: Mapping[str, str]) -> Program:
    """Runs `aws mturk …`; gives what it prints, or its complaint where it has to fail."""

    def run(*words: str, fails: bool = False) -> Any:
        command = [Path(sys.executable).with_name("aws"), "mturk", *words]
        done = subprocess.run(command, env=shell, capture_output=True, text=True, check=False)
        assert bool(done.returncode) is fails, done.stderr
        return done.stderr.strip() if fails else json.loads(done.stdout or "{}")

    return run


@pytest.fixture
def javascript(shell: Mapping[str, str]) -> Program:
    """Runs a verb of sdk_for_javascript.cjs; gives what it prints."""
    node, sdk = programs.node(), programs.sdk_for_javascript()
    assert node, "Node is missing: `make test` installs it, as does python -m tools.prepare_tests"
    assert sdk, "@aws-sdk/client-mturk is missing: `make test` installs it, if npm can"

    def run(verb: str, **given: Any) -> Any:
        done = subprocess.run(
            [node, _JAVASCRIPT, verb, json.dumps(given)],
            env={**shell, "NODE_PATH": str(sdk)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
