"""The offline bundle, installed and started where there is no network at all, by its README's three lines."""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.servers import clean_environment

pytestmark = [pytest.mark.once, pytest.mark.proof]
ROOT = Path(__file__).parents[2]
# Only the machine itself can be reached, by an interface that is switched on first.
SWITCH_ON = """\
import fcntl, socket, struct
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as some:
    fcntl.ioctl(some, 0x8914, struct.pack("16sh", b"lo", 1))
    try:
        some.connect(("192.0.2.1", 9))
    except OSError:
        print("no route")
"""
ASK = """\
import time, urllib.request
for _ in range(600):
    try:
        print(urllib.request.urlopen("http://127.0.0.1:8000/health/").read().decode())
        break
    except OSError:
        time.sleep(0.1)
"""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("bundle")
    subprocess.run([sys.executable, "-m", "tools.bundle", "--out", out], cwd=ROOT, check=True)
    (archive,) = out.iterdir()
    return archive


def test_the_bundle_installs_and_serves_without_a_network(bundle: Path, tmp_path: Path) -> None:
    with tarfile.open(bundle) as tar:
        readme = tar.extractfile(f"{bundle.name.removesuffix('.tar.gz')}/README")
        assert readme is not None
        lines = readme.read().decode().splitlines()
    assert len(lines) == 3
    shutil.copy(bundle, tmp_path)
    unpack, install, serve = lines
    (tmp_path / "switch_on.py").write_text(SWITCH_ON)
    (tmp_path / "ask.py").write_text(ASK)
    steps = f"""set -eu
        {sys.executable} switch_on.py
        {unpack}
        {install}
        {serve} > log 2>&1 &
        {sys.executable} ask.py
        kill $!
        wait $! || true"""
    as_root = [] if os.geteuid() == 0 else ["--map-root-user"]
    environment = {"KEMPELEN_DATA_DIR": str(tmp_path / "data"), "PIP_CONFIG_FILE": os.devnull}
    done = subprocess.run(
        ["unshare", *as_root, "--net", "sh", "-c", steps],
        cwd=tmp_path,
        env=clean_environment() | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout.split()
    assert (said[:2], said[-1:]) == (["no", "route"], ["ok"]), done.stdout + done.stderr
