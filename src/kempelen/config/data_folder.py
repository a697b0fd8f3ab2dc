"""The data folder: where one server keeps its database, uploads and secrets."""

from collections.abc import Mapping
from pathlib import Path

from kempelen.config import env

DATABASE = "kempelen.sqlite3"
SECRET_KEY = "secret-key"
UPLOADS = "uploads"
STATIC = "static"


def find(environment: Mapping[str, str]) -> Path:
    """The folder that every command uses: KEMPELEN_DATA_DIR (which --data-dir sets), else one per user."""
    named = env.DATA_DIR.value_in(environment)
    if named is not None:
        return named
    data_home = environment.get("XDG_DATA_HOME", "")
    return (Path(data_home) if data_home.startswith("/") else Path.home() / ".local" / "share") / "kempelen"


def kept_secret_key(folder: Path) -> str:
    """The key made on the first start, or nothing if there was none."""
    try:
        return (folder / SECRET_KEY).read_text(encoding="ascii").strip()
    except OSError:
        return ""
