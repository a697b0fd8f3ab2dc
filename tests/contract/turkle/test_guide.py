"""The guide for who comes from Turkle says what is true."""

import re
from pathlib import Path

import pytest

from kempelen.config import env

GUIDE = Path(__file__).parents[3] / "docs" / "how-to" / "move-from-turkle.md"
# facts: what Turkle 3.1 has in settings.
THEIRS = (
    "TURKLE_SITE_NAME",
    "TURKLE_TEMPLATE_LIMIT",
    "TURKLE_ANONYMOUS_TASKS",
    "TURKLE_EMAIL_ENABLED",
    "TURKLE_AUTO_ACCEPT_DEFAULT",
    "META_TAGS",
    "TURKLE_PREFIX",
)
pytestmark = pytest.mark.once


def test_every_setting_of_turkles_has_a_counterpart_that_there_is() -> None:
    rows = [line for line in GUIDE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    known = {setting.name for setting in env.SETTINGS}
    for theirs in THEIRS:
        (row,) = [row for row in rows if f"`{theirs}`" in row]
        assert set(re.findall(r"KEMPELEN_[A-Z_]+", row)) & known
    named = set(re.findall(r"KEMPELEN_[A-Z_]+[A-Z]", "\n".join(rows)))
    assert named <= known
