"""The page of examples, made of what each says of itself."""

from collections.abc import Iterator

from kempelen import examples
from kempelen.domain.batches import templates
from kempelen.examples import Example

INTRO = """\
# Examples

A project of every kind that Mechanical Turk's website offered, and some of a design of their own. Each has a
template, rows, and pictures, sounds or clips of its own. They work as they stand, load nothing from the
internet, and are free to copy. Each is published, done in a real browser and found in its results by a test.

- In the browser: *Projects*, then *Start from an example*. Look at one with its own rows, use it, change it.
- In a terminal: `kempelen examples` lists them, `kempelen examples bounding-box` writes one into a folder,
  for [`kempelen publish-hits`](../how-to/publish-from-the-command-line.md).
- In the source: [`src/kempelen/examples/`](../../src/kempelen/examples), a folder each with `template.html`,
  `rows.csv` and `project.toml`.

Kinds and the names of answers are those of Mechanical Turk's templates, so that scripts which read their
results read these. What each answer is called stands at the head of its template.
"""


def page() -> str:
    """What docs/reference/examples.md should say."""
    return "\n".join([INTRO, *_groups()])


def _groups() -> Iterator[str]:
    for group, about, members in examples.by_group():
        yield f"## {group}\n\n{about}\n"
        yield "| Kind | Example | What it asks | Columns | Elements |\n| --- | --- | --- | --- | --- |"
        yield from map(_row, members)
        yield ""


def _row(example: Example) -> str:
    columns = templates.compile_template(example.html).names
    folder = f"[`{example.slug}`](../../src/kempelen/examples/{example.slug}/template.html)"
    cells = [example.kind, folder, example.summary, _codes(columns), _codes(example.elements)]
    return f"| {' | '.join(cells)} |"


def _codes(names: list[str] | tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "none"
