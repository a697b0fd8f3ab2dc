"""Somebody with a password."""

from typing import Any

import pytest

from kempelen.domain.actions import people
from kempelen.domain.models import User

PASSWORD = "crank-and-knight-1770"


@pytest.fixture
def frida(db: None) -> User:
    """A user with a password and an e-mail address."""
    return people.create_user("Frida", email="frida@example.org", password=PASSWORD)


@pytest.fixture(autouse=True)
def quick_hashes(settings: Any) -> None:
    """A safe hash takes its time on purpose; what is tested here does not depend on it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
