"""Runs the tests on SQLite, then on PostgreSQL; a test that was skipped counts as a failure.

Browser tests run on SQLite; those marked `journey` on both.  Tests marked `once` do not depend on the
database.  `--proof` runs the long tests instead.  Other arguments are pytest's.
"""

import os
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

RESULTS = Path("test-results")
DATABASES = {"sqlite": "", "postgresql": " and not once and (not browser or journey)"}
NOTHING_SELECTED = 5  # pytest's exit status


@dataclass
class Outcome:
    """What came of one run."""

    database: str
    seconds: float = 0
    passed: int = 0
    failed: int = 0
    skipped: list[str] = field(default_factory=list)
    # Browser tests that failed once and passed when tried once more (tests/conftest.py).
    tried_again: list[str] = field(default_factory=list)
    is_broken: bool = False

    def __str__(self) -> str:
        end = ", and the run broke off" if self.is_broken else ""
        return (
            f"{self.database}: {self.passed} passed, {self.failed} failed, "
            f"{len(self.skipped)} skipped in {self.seconds:.0f} s{end}"
        )


def main(arguments: list[str]) -> int:
    """Run on both databases and sum up; 1 if anything failed or was left out."""
    which = "proof" if "--proof" in arguments else "not proof"
    arguments = [argument for argument in arguments if argument != "--proof"]
    shutil.rmtree(RESULTS, ignore_errors=True)
    RESULTS.mkdir()
    outcomes = [run(database, which + more, arguments) for database, more in DATABASES.items()]
    print()
    for outcome in outcomes:
        print(outcome)
        for name in outcome.skipped:
            print(f"  skipped, which counts as a failure: {name}")
        for name in outcome.tried_again:
            print(f"  tried twice: {name}")
    passed = sum(outcome.passed for outcome in outcomes)
    failed = sum(outcome.failed + len(outcome.skipped) + outcome.is_broken for outcome in outcomes)
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0


def run(database: str, marked: str, arguments: list[str]) -> Outcome:
    """Run pytest with all processors on one database."""
    report = RESULTS / f"{database}.xml"
    # A file's tests stay together, since they share its server.
    spread = ["--numprocesses", "auto", "--maxprocesses", "8", "--dist", "loadfile"]
    command = [sys.executable, "-m", "pytest", "-q", "-m", marked, *spread, f"--junitxml={report}"]
    print(f"\nTests on {database}:", flush=True)
    started = time.monotonic()
    done = subprocess.run(
        [*command, *arguments], env={**os.environ, "KEMPELEN_TEST_DATABASE": database}, check=False
    )
    outcome = Outcome(database, seconds=time.monotonic() - started)
    if done.returncode == NOTHING_SELECTED:
        return outcome
    outcome.is_broken = done.returncode not in {0, 1} or not report.exists()
    if report.exists():
        count(report, outcome)
    return outcome


def count(report: Path, outcome: Outcome) -> None:
    """Add up pytest's own report."""
    cases: dict[str, ElementTree.Element] = {}
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        if name in cases:
            outcome.tried_again.append(name)
        cases[name] = case
    for name, case in cases.items():
        if (skipped := case.find("skipped")) is not None:
            outcome.skipped.append(f"{name}: {skipped.get('message')}")
        elif case.find("failure") is not None or case.find("error") is not None:
            outcome.failed += 1
        else:
            outcome.passed += 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
