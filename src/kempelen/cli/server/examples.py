"""`kempelen examples`."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from kempelen import examples as all_examples
from kempelen.config.data_folder import Unusable
from kempelen.examples import Example

Name = Annotated[
    str,
    typer.Argument(metavar="NAME", help="Which example to write; without it all are listed."),
]
Folder = Annotated[
    Path | None,
    typer.Argument(metavar="FOLDER", help="Where to write it.  [default: a folder of its name]"),
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite files that are there already.")]


def examples(name: Name = "", folder: Folder = None, force: Force = False) -> None:
    """List the example projects, or write the template and the rows of one into a folder.

    Pictures, sounds and clips that rows name are on every server of Kempelen.

    Examples:

        kempelen examples

        kempelen examples bounding-box

        kempelen publish-hits bounding-box/template.html bounding-box/rows.csv
    """
    if not name:
        typer.echo("\n".join(_listed()))
        return
    if name not in all_examples.SLUGS:
        raise Unusable(f"No example is called {name}. kempelen examples lists them.")
    written = _write(all_examples.example(name), folder or Path(name), overwrites=force)
    typer.echo("\n".join(map(str, written)))
    typer.echo(f"Publish it with: kempelen publish-hits {' '.join(map(str, written))}", err=True)


def _listed() -> Iterator[str]:
    width = max(map(len, all_examples.SLUGS)) + 2
    for group, about, members in all_examples.by_group():
        yield f"{group}: {about}"
        yield from (f"  {example.slug:{width}}{example.summary}" for example in members)
        yield ""


def _write(example: Example, folder: Path, *, overwrites: bool) -> list[Path]:
    """Copy the example's two files; gives where they are now."""
    sources = [example.template, example.rows]
    written = [folder / source.name for source in sources]
    if taken := [path for path in written if path.exists() and not overwrites]:
        raise Unusable(f"{taken[0]} is there already. Write elsewhere, or overwrite it with --force.")
    folder.mkdir(parents=True, exist_ok=True)
    for source, path in zip(sources, written, strict=True):
        shutil.copyfile(source, path)
    return written
