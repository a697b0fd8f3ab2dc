"""The application for other WSGI servers: ready as soon as it is imported."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.once

READY = """
from kempelen.config.wsgi import application
import sys
assert "kempelen.api.account" in sys.modules
assert callable(application)
"""


def test_the_application_is_whole_when_it_is_imported(tmp_path):
    (tmp_path / "static").mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    environment |= {"KEMPELEN_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", READY], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
