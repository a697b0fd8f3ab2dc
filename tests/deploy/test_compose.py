"""The Compose files name settings that exist, and keep what has to be kept."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from kempelen.config import env

pytestmark = pytest.mark.once
ROOT = Path(__file__).parents[2]
FILES = {"compose.yaml": ["kempelen"], "compose.scale.yaml": ["node1", "node2"]}


def read(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / name).read_text()))


@pytest.mark.parametrize("name", FILES)
def test_every_variable_is_a_setting(name: str) -> None:
    known = {setting.name for setting in env.SETTINGS}
    services = read(name)["services"]
    for node in FILES[name]:
        assert set(services[node]["environment"]) <= known


@pytest.mark.parametrize("name", FILES)
def test_every_folder_that_outlives_a_container_is_a_named_volume(name: str) -> None:
    compose = read(name)
    for service in compose["services"].values():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in compose["volumes"] or (ROOT / source).exists()


def test_nodes_share_what_any_of_them_may_be_asked_for_and_nothing_else() -> None:
    one, two = ({*read("compose.scale.yaml")["services"][node]["volumes"]} for node in ("node1", "node2"))
    assert one & two == {"uploads:/data/uploads", "files:/data/files"}
    assert len(one) == len(two) == 3


def test_the_proxy_asks_for_what_the_server_answers() -> None:
    assert "health_uri /health/" in (ROOT / "deploy/Caddyfile").read_text()
    assert "/health/" in (ROOT / "Dockerfile").read_text()
