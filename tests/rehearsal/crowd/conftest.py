"""A crowd at a throw-away server, with a batch to work on."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kempelen.rehearsal import server
from kempelen.rehearsal.crowd.crowds import connection_to
from kempelen.toolkit import ledger, planning, publishing
from kempelen.toolkit.ledger import Ledger

LABEL = """<p>${text}</p>
<label><input type=radio name=label value=cat required> Cat</label>
<label><input type=radio name=label value=dog> Dog</label>
<label><input type=radio name=label value=bird> Bird</label>
<textarea name=why></textarea>"""
ANIMALS = ("cat", "dog", "bird")
PROPERTIES = {"title": "Which animal is it?", "reward": "0.05", "assignments": 3, "duration": "10min"}

Publish = Callable[..., Ledger]


@pytest.fixture(scope="module")
def throwaway() -> Iterator[server.Server]:
    """A sandbox server, kept for the tests of one file."""
    with server.start() as started:
        yield started


@pytest.fixture
def publish(throwaway: server.Server, tmp_path: Path) -> Publish:
    """Publishes rows with gold labels on a server, in their order."""

    def make(rows: int, *, to: server.Server = throwaway, html: str = LABEL, **properties: Any) -> Ledger:
        return publish_rows(to, tmp_path, rows, html=html, **properties)

    return make


def publish_rows(
    to: server.Server, folder: Path, rows: int, *, html: str = LABEL, **properties: Any
) -> Ledger:
    """Publish so many rows, one after another, so that they are given out in their order."""
    (folder / "label.html").write_text(html)
    lines = [f"animal {at},{ANIMALS[at * 7 % 3]}" for at in range(rows)]
    data = folder / "animals.csv"
    data.write_text("\n".join(["text,gold.label", *lines]))
    plan = planning.plan(str(folder / "label.html"), data, options=PROPERTIES | properties)
    path = folder / f"{to.url.rpartition(':')[2]}-{rows}.hits.jsonl"
    connection = connection_to(to)
    found = publishing.begin(connection, plan, path)
    publishing.publish(connection, plan, found, at_once=1)
    return ledger.read(path)
