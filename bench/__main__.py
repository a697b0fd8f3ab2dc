"""python -m bench: measure, and write what came out."""

import argparse
import contextlib
import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import plot, report, site, targets
from bench.figures import Figure, Figures
from bench.parts import accepting, calling, exporting, home, looping, pages, publishing, requests
from bench.site import Site
from bench.systems import turkle
from bench.systems.programs import ROOT
from bench.watching import machine

PARTS = ("loop", "page", "home", "publish", "accept", "export", "api", "pages")
_DOCS_PAGE, _DOCS_PLOT = ROOT / "docs/reference/figures.md", ROOT / "docs/images/figures.svg"


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    rows: tuple[int, ...] = (1_000, 10_000, 100_000, 1_000_000)
    published: tuple[int, ...] = (1_000, 10_000, 100_000, 1_000_000)
    crowds: tuple[int, ...] = (1, 8, 32)
    batches: tuple[int, ...] = (10, 100, 500)
    loop_rows: int = looping.ROWS
    loop_seconds: float = looping.SECONDS
    page_seconds: float = requests.SECONDS
    call_seconds: float = calling.SECONDS
    # HITs, batches, workers.
    crowd: tuple[int, int, int] = (1_000_000, 1_000, 10_000)


FULL = Sizes()
QUICK = Sizes(
    rows=(1_000, 10_000),
    published=(1_000, 10_000),
    crowds=(1, 8),
    batches=(10, 50),
    loop_rows=1_000,
    loop_seconds=3.0,
    page_seconds=1.0,
    call_seconds=1.0,
    crowd=(10_000, 50, 200),
)
TINY = Sizes(
    rows=(400, 800),
    published=(50,),
    crowds=(1, 2),
    batches=(2, 4),
    loop_rows=40,
    loop_seconds=0.5,
    page_seconds=0.2,
    call_seconds=0.2,
    crowd=(200, 6, 8),
)


def main(arguments: list[str]) -> int:
    """Measure as the arguments say; 1 if a target is not met."""
    options = _parser().parse_args(arguments)
    sizes = TINY if options.tiny else QUICK if options.quick else FULL
    about = machine() | {"when": f"{datetime.now(UTC):%d %B %Y}", "load": f"{os.getloadavg()[0]:.1f}"}
    started = time.monotonic()
    figures = Figures()
    with _turkle(options.turkle) as python:
        for database in options.database:
            with site.ready(database, python) as ready:
                for part in options.only:
                    for figure in measure(part, ready, sizes):
                        figures.append(figure)
                        _tell(figure)
    about["minutes"] = f"{(time.monotonic() - started) / 60:.0f}"
    verdicts = targets.verdicts(figures)
    _write(options, figures, verdicts, about, " ".join(one for one in arguments if one != "--docs"))
    for verdict in verdicts:
        print(
            f"{'met    ' if verdict.is_met else 'NOT MET'} {verdict.measured:8.2f} {verdict.wanted:9} ",
            end="",
        )
        print(f"{verdict.database}: {verdict.what}")
    return 0 if all(verdict.is_met for verdict in verdicts) else 1


def measure(part: str, ready: Site, sizes: Sizes) -> Iterator[Figure]:
    """Measure one part."""
    measures: dict[str, Callable[[], Iterator[Figure]]] = {
        "loop": lambda: looping.measure(ready, sizes.crowds, sizes.loop_rows, sizes.loop_seconds),
        "page": lambda: requests.measure(ready, sizes.page_seconds),
        "home": lambda: home.measure(ready, sizes.batches),
        "accept": lambda: accepting.measure(ready, sizes.rows),
        "publish": lambda: publishing.measure(ready, sizes.published),
        "export": lambda: exporting.measure(ready, sizes.rows),
        "api": lambda: calling.measure(ready, sizes.rows[-1], sizes.rows[0], sizes.call_seconds),
        "pages": lambda: pages.measure(ready, sizes.crowd),
    }
    return measures[part]()


@contextlib.contextmanager
def _turkle(wanted: bool) -> Iterator[Path | None]:
    if not wanted:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="kempelen-bench-turkle-") as folder:
        print("Installing Turkle …", file=sys.stderr, flush=True)
        yield turkle.install(Path(folder))


def _tell(figure: Figure) -> None:
    per_second = f"{figure.per_second:,.1f}/s" if figure.per_second else ""
    cpu = f"cpu {figure.cpu_seconds * 1000:.2f} ms" if figure.cpu_seconds else ""
    memory = f"{figure.pss_mb:.0f}/{figure.rss_mb:.0f} MB" if figure.pss_mb else ""
    words = [
        figure.database,
        figure.part,
        figure.case,
        figure.who,
        report.duration(figure.seconds),
        per_second,
        cpu,
    ]
    print(" · ".join(filter(None, [*words, memory, str(figure.problems or "")])), flush=True)


def _write(
    options: argparse.Namespace,
    figures: Figures,
    verdicts: list[targets.Verdict],
    about: dict[str, str],
    command: str,
) -> None:
    folder: Path = options.out
    folder.mkdir(parents=True, exist_ok=True)
    rows = [figure.as_row() for figure in figures]
    document = {"machine": about, "figures": rows, "targets": [verdict.as_row() for verdict in verdicts]}
    (folder / "figures.json").write_text(json.dumps(document, indent=1, ensure_ascii=False), encoding="utf-8")
    picture = plot.svg(verdicts)
    pages = {folder / "figures.md": "figures.svg"}
    (folder / "figures.svg").write_text(picture, encoding="utf-8")
    if options.docs:
        _DOCS_PLOT.parent.mkdir(exist_ok=True)
        _DOCS_PLOT.write_text(picture, encoding="utf-8")
        pages[_DOCS_PAGE] = "../images/figures.svg"
    for path, picture_path in pages.items():
        text = report.page(figures, verdicts, about, command=command, plot=picture_path)
        path.write_text(text, encoding="utf-8")
    print(f"\n{folder / 'figures.md'}, .svg and .json are written.\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)

    def several(of: tuple[str, ...]) -> Callable[[str], list[str]]:
        known = {name.lower(): name for name in of}

        def read(text: str) -> list[str]:
            chosen = [known.get(word.strip().lower(), "") for word in text.split(",")]
            if not all(chosen):
                raise argparse.ArgumentTypeError(f"one or more of {', '.join(of)}")
            return chosen

        return read

    parser.add_argument("--turkle", action="store_true", help="measure Turkle too")
    parser.add_argument("--quick", action="store_true", help="small sizes")
    parser.add_argument("--tiny", action="store_true", help="only to see that everything runs")
    parser.add_argument(
        "--only", type=several(PARTS), default=list(PARTS), metavar="PART,…", help=", ".join(PARTS)
    )
    parser.add_argument(
        "--database",
        type=several(site.DATABASES),
        default=list(site.DATABASES),
        metavar="NAME",
        help="sqlite or postgresql",
    )
    parser.add_argument("--out", type=Path, default=Path("bench-results"), metavar="FOLDER")
    parser.add_argument("--docs", action="store_true", help="write docs/reference/figures.md as well")
    return parser


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
    sys.exit(main(sys.argv[1:]))
