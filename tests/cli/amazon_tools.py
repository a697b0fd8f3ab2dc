"""boto3 and the AWS CLI as they will be once Amazon has taken MTurk out of them, on a home of their own."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import awscli
import botocore
import pytest

from kempelen.aws import protocol
from tests.servers import KEMPELEN, clean_environment

PATIENCE_SECONDS = 120
REPLIES: dict[str, dict[str, Any]] = {
    "GetAccountBalance": {"AvailableBalance": "10000.00"},
    "ListHITs": {"NumResults": 0, "HITs": []},
}


@pytest.fixture(scope="session")
def python_without_mturk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for PYTHONPATH with these very packages, less all that they know of MTurk."""
    folder = tmp_path_factory.mktemp("python")
    _link_botocore(Path(botocore.__file__).parent, folder / "botocore")
    package = Path(awscli.__file__).parent
    _link_all_but({"botocore"}, package, folder / "awscli")
    if (package / "botocore").exists():
        # The AWS CLI has a botocore of its own since 2026.
        _link_botocore(package / "botocore", folder / "awscli" / "botocore")
    return folder


def _link_botocore(package: Path, here: Path) -> None:
    _link_all_but({"data"}, package, here)
    _link_all_but({"mturk", "endpoints.json"}, package / "data", here / "data")
    endpoints = json.loads((package / "data" / "endpoints.json").read_text(encoding="utf-8"))
    for partition in endpoints["partitions"]:
        partition["services"].pop("mturk-requester", None)
    (here / "data" / "endpoints.json").write_text(json.dumps(endpoints), encoding="utf-8")


def _link_all_but(names: set[str], folder: Path, here: Path) -> None:
    here.mkdir()
    for entry in folder.iterdir():
        if entry.name not in names:
            (here / entry.name).symlink_to(entry)


class Home:
    """A user's home, in which boto3 and `aws` know no MTurk unless somebody tells them of it."""

    def __init__(self, folder: Path, python_path: Path) -> None:
        self.folder = folder
        self.model = folder / ".aws" / "models" / "mturk" / "2017-01-17"
        inherited = {
            name: value for name, value in clean_environment().items() if not name.startswith("AWS_")
        }
        self.environment = inherited | {
            "HOME": str(folder),
            "PYTHONPATH": str(python_path),
            "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            # Whatever is forgotten ends on this machine.
            "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
            "AWS_PAGER": "",
            "PAGER": "cat",
        }
        self.environment.pop("XDG_DATA_HOME", None)

    def kempelen(self, *words: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        """What our command says."""
        return self._run([str(KEMPELEN), *words], status)

    def aws(self, *words: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        """What the AWS CLI says."""
        return self._run([sys.executable, "-m", "awscli", *words], status)

    def python(self, script: str, *, status: int = 0) -> subprocess.CompletedProcess[str]:
        """What a script that uses boto3 says."""
        return self._run([sys.executable, "-c", script], status)

    def _run(self, command: list[str], status: int) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done


@pytest.fixture
def home(tmp_path: Path, python_without_mturk: Path) -> Home:
    return Home(tmp_path, python_without_mturk)


class _Endpoint(BaseHTTPRequestHandler):
    """Reads calls and writes replies by our protocol, with nothing behind it."""

    def do_POST(self) -> None:  # the name http.server calls
        body = self.rfile.read(int(self.headers["Content-Length"]))
        operation = protocol.operation_called(self.headers["X-Amz-Target"])
        protocol.parse(operation, body)
        reply = protocol.reply(operation, REPLIES[operation.name])
        self.send_response(200)
        self.send_header("Content-Type", protocol.CONTENT_TYPE)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def endpoint() -> Iterator[str]:
    """The address of an endpoint that answers every caller."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Endpoint)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def endpoint_url() -> Iterator[str]:
    with endpoint() as url:
        yield url
