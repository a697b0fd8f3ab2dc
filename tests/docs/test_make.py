"""The verbs of the Makefile do what the documentation says of them."""

import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
ROOT = Path(__file__).parents[2]


def commands_of(verb: str) -> str:
    """What make would run."""
    done = subprocess.run(
        ["make", "--dry-run", verb], cwd=ROOT, capture_output=True, text=True, timeout=30, check=True
    )
    return done.stdout


def test_make_serve_uses_the_data_folder_of_every_other_command():
    assert "kempelen serve" in commands_of("serve")
    assert "--data-dir" not in commands_of("serve")
