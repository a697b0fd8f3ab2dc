"""KEMPELEN_NOTIFICATION_…: what `kempelen check` finds in it."""

import pytest

from kempelen.config import checks

pytestmark = [pytest.mark.once, pytest.mark.django_db]
KEY = "KEMPELEN_NOTIFICATION_ACCESS_KEY_ID"
SECRET = "KEMPELEN_NOTIFICATION_SECRET_ACCESS_KEY"


@pytest.mark.parametrize(("given", "missing"), [(KEY, SECRET), (SECRET, KEY)])
def test_half_a_key_is_an_error(settings, given: str, missing: str) -> None:
    setattr(settings, given, "something")
    [found] = [finding for finding in checks.findings() if KEY in finding.text]
    assert found.is_error
    assert found.text.startswith(f"{missing} is not set")


@pytest.mark.parametrize("value", ["", "something"])
def test_a_whole_key_and_none_are_fine(settings, value: str) -> None:
    setattr(settings, KEY, value)
    setattr(settings, SECRET, value)
    assert not [finding for finding in checks.findings() if KEY in finding.text]
