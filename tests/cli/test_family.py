import subprocess
import sys

import pytest

pytestmark = pytest.mark.once

QUITTERS = """
import os
from kempelen.cli.serving import family
family.time.sleep = lambda seconds: None
raise SystemExit(family.Family(2, lambda number: os._exit(3)).run())
"""


def test_processes_that_end_as_soon_as_they_start_are_given_up_on():
    done = subprocess.run(
        [sys.executable, "-c", QUITTERS], capture_output=True, text=True, timeout=30, check=False
    )

    assert done.returncode == 1
    assert "ended with status 3; starting another" in done.stderr
    assert "giving up" in done.stderr
