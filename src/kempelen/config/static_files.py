"""Static files for `kempelen serve`: collected into the data folder whenever the program's have changed."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

from kempelen.config import program

_STAMP = ".collected"


# Our modules import each other by relative paths; other people's scripts hold what only looks like that.
_MODULE_IMPORTS = (
    "kempelen/*.js",
    (
        (
            r"""(?m)^(?P<matched>(?P<what>(?:import|export)\b[^"';]*)["'](?P<url>\.\.?/[^"']+)["'])""",
            """%(what)s"%(url)s\"""",
        ),
        (
            r"""(?P<matched>\bimport\(\s*["'](?P<url>\.\.?/[^"']+)["']\s*\))""",
            """import("%(url)s")""",
        ),
    ),
)


class Collected(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise is untyped
    """Files under names that change with their content, so that browsers keep them for good.

    Modules import each other by those names too: one that a page names by its content and another module
    by its plain name would be run twice.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, _MODULE_IMPORTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Read which names were collected; they stay the same until the program is started again."""
        super().__init__(*args, **kwargs)
        self._urls: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """Give the address of a file; a page names twenty, so that each is worked out once."""
        found = self._urls.get(name)
        if found is None:
            found = self._urls[name] = str(super().url(name, force))
        return found


def collect() -> None:
    """Collect the files unless those there are of this program."""
    folder = Path(settings.STATIC_ROOT or "")
    stamp = folder / _STAMP
    current = _fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == current:
        return
    folder.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(current, encoding="ascii")


def _fingerprint() -> str:
    """What tells one set of files from another: names, sizes and times, and the program's version."""
    digest = hashlib.sha256(program.VERSION.encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"\n{name} {status.st_size} {status.st_mtime_ns}".encode())
    return digest.hexdigest()
