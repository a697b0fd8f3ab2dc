"""The image: built from the Dockerfile, started as it is, and used by the two scripts."""

import contextlib
import csv
import os
import re
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.engines import ROOT, Engine, engine

pytestmark = [pytest.mark.once, pytest.mark.proof]
NAME = "kempelen-test"
URL = "http://127.0.0.1:8080"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The engine, with a container that serves."""
    made = engine(tmp_path_factory.mktemp("image"))
    made.build()
    process = made.run(NAME)
    try:
        _wait_until_healthy(process)
        yield made
    finally:
        process.terminate()
        process.wait(60)
        made.remove(NAME)


def test_the_scripts_publish_and_fetch_as_the_original_did(running: Engine, tmp_path: Path) -> None:
    rows, template, out = tmp_path / "my rows.csv", tmp_path / "my task.html", tmp_path / "out.csv"
    rows.write_text("name\nAda\nGrace\n")
    template.write_text("<p>Who was ${name}?</p><input name=who>")

    refused = _script(running, "upload_hit.sh", str(rows))
    assert refused.returncode == 2 and "no template yet" in refused.stderr
    assert "2 HITs published as batch 1" in _script(running, "upload_hit.sh", str(rows), str(template)).stdout
    # Data alone uses the last template again.
    assert "2 HITs published as batch 2" in _script(running, "upload_hit.sh", str(rows)).stdout

    group = re.search(r"/groups/(\w+)/", _page("/"))
    assert group, "the container shows no work"
    assert _script(running, "download_annotations.sh", str(out)).returncode == 0
    assert "Input.name" in next(csv.reader(out.read_text().splitlines()))


def test_a_failed_download_leaves_the_file_as_it_is(running: Engine, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("kept")
    assert _script(running, "download_annotations.sh", str(out), "unknown.html").returncode != 0
    assert (out.read_text(), list(tmp_path.iterdir())) == ("kept", [out])


def test_nobody_is_root_inside(running: Engine) -> None:
    done = _run(running.docker, "exec", "-i", NAME, "id", "-u")
    assert done.stdout.strip() == "10001"


def _script(made: Engine, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"DOCKER": made.docker}
    return _run(str(ROOT / "scripts" / script), NAME, *arguments, environment=environment)


def _run(*command: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def _page(path: str) -> str:
    with urllib.request.urlopen(URL + path, timeout=30) as answer:
        return str(answer.read().decode())


def _wait_until_healthy(process: subprocess.Popen[bytes]) -> None:
    said = ""
    for _ in range(600):
        assert process.poll() is None, "the container ended"
        with contextlib.suppress(OSError):
            said = _page("/health/")
            break
        time.sleep(0.2)
    assert said == "ok\n"
