"""turkle-client 0.5.0 from PyPI, installed with what tests need."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kempelen.domain.actions import accounts, api_tokens
from kempelen.domain.models import Requester, User
from tests.factories import owner_of
from tests.servers import Server, clean_environment

PROGRAM = Path(sys.executable).with_name("turkle-client")


class TurkleClient:
    """The program, told of a server as its users tell it."""

    def __init__(self, folder: Path, url: str, token: str) -> None:
        self.folder = folder
        self._environment = clean_environment() | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        self.run("config", "url", url)
        self.run("config", "token", token)

    def run(self, *words: str) -> str:
        """What it printed; it ends with status 0 also when it failed, and says so."""
        done = subprocess.run(
            [PROGRAM, *words],
            cwd=self.folder,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        assert "Traceback" not in done.stderr
        return done.stdout.strip()

    def json(self, *words: str) -> Any:
        """The JSON that it printed."""
        return json.loads(self.run(*words))

    def file(self, name: str, content: str | list[Mapping[str, Any]] | Mapping[str, Any] | list[int]) -> str:
        """The name of a file with this text, this JSON, or these objects line by line."""
        if name.endswith(".jsonl"):
            content = "".join(f"{json.dumps(line)}\n" for line in content)
        path = self.folder / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return name


@pytest.fixture
def token(ada: Requester) -> str:
    """An administrator's token."""
    owner = owner_of(ada)
    accounts.set_administrator(owner, is_administrator=True)
    return api_tokens.create(User.objects.get(pk=owner.pk), scope="administrator")[1]


@pytest.fixture
def turkle(site: Server, token: str, tmp_path: Path) -> TurkleClient:
    """The program with an administrator's token."""
    return TurkleClient(tmp_path, site.url, token)
