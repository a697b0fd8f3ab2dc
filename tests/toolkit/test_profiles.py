"""The file of profiles, also one that somebody damaged."""

from pathlib import Path

import pytest

from kempelen.toolkit import profiles
from kempelen.toolkit.connection import connect
from kempelen.toolkit.profiles import Profile
from kempelen.toolkit.troubles import Trouble

pytestmark = pytest.mark.once
LAB = Profile("http://lab.invalid", "AKIALAB", "secret")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "profiles.toml"
    monkeypatch.setenv("KEMPELEN_PROFILES", str(path))
    return path


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"\xff\xfe", "cannot be understood"),
        (b"[lab", "cannot be understood"),
        (b"lab = 1", "'lab' has no endpoint_url"),
        (b"[lab]\naccess_key_id = 'A'", "'lab' has no endpoint_url"),
        (b"[lab]\nendpoint_url = 'http://x'\nkey = 'A'", "there is no 'key'"),
    ],
)
def test_a_damaged_file_is_named_with_what_to_do(file: Path, given: bytes, said: str) -> None:
    file.write_bytes(given)
    with pytest.raises(Trouble, match=said):
        profiles.read()


def test_the_option_before_a_command_goes_before_its_profile(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profiles.keep("lab", LAB)
    assert connect("lab").endpoint == "http://lab.invalid"
    monkeypatch.setenv("AWS_ENDPOINT_URL_MTURK", "http://environment.invalid")
    assert connect("lab").endpoint == "http://lab.invalid"
    monkeypatch.setenv("KEMPELEN_ENDPOINT_URL", "http://option.invalid")
    assert connect("lab").endpoint == "http://option.invalid"
