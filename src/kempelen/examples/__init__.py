"""Example projects of our own: a template, rows and media each, ready to be published.

Their media are static files (`kempelen/examples/…`), so that a template finds them on any server.
"""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Example:
    """A project that can be made as it stands; the fields below `rows` are those of its HITs."""

    slug: str
    name: str
    summary: str
    template: Path
    rows: Path
    title: str
    description: str
    keywords: str
    reward_cents: int
    lifetime_seconds: int
    assignment_duration_seconds: int
    auto_approval_delay_seconds: int
    max_assignments: int
    audience: str
    queue_order: str


# The order in which they are made. Lists show the newest first, which is then the simplest.
SLUGS = ("emotions", "receipts", "names", "translations", "telegrams", "plants", "sentiment")


def catalogue() -> list[Example]:
    """All examples, in the order in which to make them: the simplest last."""
    return [example(slug) for slug in SLUGS]


def example(slug: str) -> Example:
    """The example of that name."""
    folder = Path(str(files(__name__))) / slug
    properties: dict[str, Any] = tomllib.loads((folder / "project.toml").read_text(encoding="utf-8"))
    return Example(slug=slug, template=folder / "template.html", rows=folder / "rows.csv", **properties)
