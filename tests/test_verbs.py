"""The Makefile's verbs, as far as they can be tried without going their whole way."""

import re
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
ROOT = Path(__file__).parents[1]


def make(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", *words], cwd=ROOT, capture_output=True, text=True, check=False)


def test_make_alone_lists_every_verb():
    listed = re.findall(r"^  make (\w+)", make().stdout, re.MULTILINE)
    verbs = re.findall(r"^(\w+):.* ##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    assert {"demo", "serve", "test", "fix", "check", "docs", "proof", "clean"} <= set(verbs)
    assert listed == verbs


def test_the_verbs_of_the_contributors_page_are_those_of_the_makefile():
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `make (\w+)`", page, re.MULTILINE))

    assert named <= set(re.findall(r"^  make (\w+)", make().stdout, re.MULTILINE))


def test_a_python_that_does_not_work_is_named():
    refused = make("environment", "PYTHON=no-such-python")

    assert refused.returncode != 0
    assert "PYTHON=no-such-python is not a working Python 3.11 or later" in refused.stderr
