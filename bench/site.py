"""What stands ready on one database: Kempelen, a bare view behind the same server, and Turkle if wanted."""

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tests import postgresql

from bench.systems import Batch, Place, System, programs
from bench.systems.kempelen import Kempelen
from bench.systems.turkle import Turkle

DATABASES = ("SQLite", "PostgreSQL")


@dataclass
class Site:
    """The systems on one database, and the batches that parts share: making a million HITs takes a while."""

    database: str
    kempelen: Kempelen
    bare: programs.Program
    bare_pids: tuple[int, ...]
    turkle: Turkle | None = None
    _batches: dict[tuple[str, int], Batch] = field(default_factory=dict)

    @property
    def systems(self) -> list[System]:
        """All systems that do the whole work."""
        return [self.kempelen, *([self.turkle] if self.turkle else [])]

    def answered(self, system: System, rows: int) -> Batch:
        """A batch of so many rows with an answer for each, and a place left in each."""
        key = (system.name, rows)
        if key not in self._batches:
            self._batches[key] = system.seed(rows, is_answered=True)
        return self._batches[key]


@contextlib.contextmanager
def ready(database: str, turkle: Path | None) -> Iterator[Site]:
    """Start everything with empty stores, and end it."""
    with contextlib.ExitStack() as stack:
        server = postgresql.start_throwaway() if database == "PostgreSQL" else ""
        pids = (_postmaster_of(server),) if server else ()

        def place(name: str) -> Place:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix=f"kempelen-bench-{name}-"))
            url = postgresql.create_database(server, name) if server else ""
            return Place(folder, database, url, pids)

        kempelen = Kempelen(place("kempelen"))
        stack.callback(kempelen.stop)
        bare_place = place("bare")
        bare = _bare(bare_place)
        stack.callback(bare.stop)
        site = Site(database, kempelen, bare, (bare.pid, *bare_place.database_pids))
        if turkle:
            site.turkle = Turkle(place("turkle"), turkle)
            stack.callback(site.turkle.stop)
        yield site


def _bare(place: Place) -> programs.Program:
    """The same server on tables of its own, with views that do next to nothing."""
    environment = programs.clean_environment() | {
        "KEMPELEN_DATA_DIR": f"{place.folder}/data",
        "PYTHONPATH": str(programs.ROOT),
    }
    if place.database_url:
        environment["KEMPELEN_DATABASE_URL"] = place.database_url
    url = f"http://127.0.0.1:{programs.free_port()}"
    return programs.Program(
        [programs.own_python(), "-m", "bench.inside.bare", str(urlsplit(url).port)],
        url=url,
        folder=Path(place.folder),
        environment=environment,
    )


def _postmaster_of(url: str) -> int:
    """The process of the PostgreSQL that listens at the URL."""
    port = str(urlsplit(url).port)
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
            if words[0].endswith("postgres") and "-p" in words and words[words.index("-p") + 1] == port:
                return int(folder.name)
    raise RuntimeError("The throw-away PostgreSQL is not to be found.")
