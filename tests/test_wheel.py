"""The wheel has all it needs: it is built, installed and started in a folder without the checkout."""

import subprocess
import sys
import sysconfig
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import Server, clean_environment

pytestmark = pytest.mark.once
CHECKOUT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, CHECKOUT, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `kempelen` of a new environment that has the wheel, and borrows the libraries of this one."""
    environment = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", environment)
    python = environment / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", wheel)
    # A path in a .pth file brings the libraries but not the .pth files there, such as the checkout's own.
    own_libraries = sysconfig.get_path("purelib", vars={"base": str(environment)})
    (Path(own_libraries) / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    return environment / "bin" / "kempelen"


@pytest.fixture(scope="module")
def demo(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("elsewhere") / "data"
    data.mkdir()
    server = Server(data, program=installed, verb="demo")
    yield server.start()
    server.kill()


def test_the_installed_package_is_not_the_checkout(installed: Path, tmp_path: Path):
    python = installed.with_name("python")
    where = run(python, "-c", "import kempelen; print(kempelen.__file__)", cwd=tmp_path)

    assert Path(where.strip()).is_relative_to(installed.parents[1])


def test_the_demo_of_the_wheel_offers_the_examples(demo: Server):
    assert get(demo.url).count("/groups/") >= 5


def test_the_wheel_brings_local_copies_of_its_own_and_of_its_libraries(demo: Server):
    for copy in (
        "own/any/popper.js",
        "jquery-1/any/before-1.9.min.js",
        "bootstrap-3/any/css/bootstrap.min.css",
    ):
        assert len(get(f"{demo.url}/stand-ins/{copy}")) > 1_000


def test_the_wheel_brings_its_static_files(demo: Server):
    front_page = get(demo.url)
    stylesheet = front_page.split('rel="stylesheet" href="')[1].split('"')[0]

    assert "--" in get(demo.url + stylesheet)


def test_a_server_of_the_wheel_starts_without_settings(installed: Path, tmp_path: Path):
    server = Server(tmp_path / "data", program=installed)
    server.folder.mkdir()
    try:
        server.start()
        assert "/account/link" in server.log()
    finally:
        assert server.stop() == 0


def test_the_wheel_brings_the_schemas_of_documents(installed: Path, tmp_path: Path):
    """All are read and compiled: those of both dates of QuestionForm, and of the other documents."""
    compile_all = "from kempelen.domain.questions import validation as v; print(*map(v._schema, v._FILES))"

    assert run(installed.with_name("python"), "-c", compile_all, cwd=tmp_path).count("XMLSchema object") >= 6


@pytest.mark.proof
def test_the_wheel_brings_its_libraries(wheel: Path, tmp_path: Path):
    run(sys.executable, "-m", "venv", tmp_path / "new")
    run(tmp_path / "new" / "bin" / "pip", "install", "--quiet", wheel)

    assert "demo" in run(tmp_path / "new" / "bin" / "kempelen", "--help", cwd=tmp_path)


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read().decode()


def run(*command: str | Path, cwd: Path | None = None) -> str:
    done = subprocess.run(
        command, cwd=cwd, env=clean_environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
