"""Named endpoints with their keys, in a file that only its owner can read.

A profile of that name in AWS's own files serves as well: `connection` looks here first.
"""

import json
import os
import re
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from kempelen.toolkit.troubles import Trouble

NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,63}")


@dataclass(frozen=True)
class Profile:
    """Where to call, and with which key; an empty key is looked for where AWS's programs look."""

    endpoint_url: str
    access_key_id: str = ""
    secret_access_key: str = ""
    region: str = "us-east-1"


def path(environment: Mapping[str, str] | None = None) -> Path:
    """Give the file: KEMPELEN_PROFILES, else kempelen/profiles.toml among the user's settings."""
    environment = os.environ if environment is None else environment
    if named := environment.get("KEMPELEN_PROFILES", ""):
        return Path(named)
    settings = environment.get("XDG_CONFIG_HOME", "")
    home = Path(settings) if settings.startswith("/") else Path.home() / ".config"
    return home / "kempelen" / "profiles.toml"


def read() -> dict[str, Profile]:
    """Give all profiles by name; none if there is no file."""
    try:
        read = path().read_bytes()
    except FileNotFoundError:
        return {}
    try:
        tables = tomllib.loads(read.decode())
    except ValueError as error:
        raise Trouble(f"{path()} cannot be understood: {error}. Mend it, or delete it.") from error
    return {name: _profile(name, table) for name, table in tables.items()}


def keep(name: str, profile: Profile) -> None:
    """Add the profile, or put it in the place of one of its name."""
    check_name(name)
    _write({**read(), name: profile})


def check_name(name: str) -> None:
    """Refuse what is no name for a profile."""
    if not NAME.fullmatch(name):
        raise Trouble(f"{name!r} is no name for a profile. Use letters, digits, dots and dashes, 64 at most.")


def forget(name: str) -> None:
    """Delete the profile."""
    known = read()
    if name not in known:
        raise Trouble(unknown(name))
    _write({other: profile for other, profile in known.items() if other != name})


def unknown(name: str) -> str:
    """Say that there is no such profile, and which there are."""
    known = ", ".join(sorted(read())) or "none yet"
    return f"There is no profile {name!r} (there are: {known}). Make it: kempelen profile add {name}"


def _profile(name: str, table: Any) -> Profile:
    known = [each.name for each in fields(Profile)]
    where = f"{path()}, profile {name!r}"
    if not isinstance(table, Mapping) or not table.get("endpoint_url"):
        raise Trouble(f"{where} has no endpoint_url. Write it there, or delete [{name}].")
    if strange := [key for key in table if key not in known]:
        raise Trouble(f"{where}: there is no {strange[0]!r}. Known are: {', '.join(known)}.")
    return Profile(**{key: str(value) for key, value in table.items()})


def _write(profiles: Mapping[str, Profile]) -> None:
    """Write the file as a whole, so that nobody finds a half."""
    folder = path().parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lines = ["# Profiles of `kempelen --profile NAME …`; made by `kempelen profile add`.\n"]
    for name, profile in sorted(profiles.items()):
        # JSON's strings are TOML's too.
        values = "".join(f"{key} = {json.dumps(value)}\n" for key, value in asdict(profile).items() if value)
        lines.append(f"\n[{json.dumps(name)}]\n{values}")
    descriptor, part = tempfile.mkstemp(dir=folder, prefix=".profiles-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("".join(lines))
    Path(part).replace(path())
