"""Memory while many rows are published: it does not grow with their number."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from kempelen.domain.actions import batches, publishing, row_hits
from tests.factories import a_project

ROWS = 60_000
MOST_GROWTH_MB = 8


def memory_mb() -> float:
    """Memory of this process that is no file's."""
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("only Linux tells")
    found = re.search(r"^RssAnon:\s+(\d+)", status.read_text(), re.MULTILINE)
    assert found
    return int(found[1]) / 1024


def a_csv() -> str:
    lines = "".join(f'item-{number},"Sentence {number}, with ""quotes"" in it"\n' for number in range(ROWS))
    return f"key,text\n{lines}"


def a_manifest() -> str:
    return "".join(
        f'{{"key": {number}, "text": "Sentence {number}", "tags": ["a"]}}\n' for number in range(ROWS)
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("content", [a_csv, a_manifest])
def test_publishing_fifty_thousand_more_rows_takes_no_more_memory(content: Callable[[], str]) -> None:
    batch = batches.upload(
        a_project(html="<p>${text}</p><input name='answer'>"),
        ContentFile(content()),
        file_name="a.csv",
    )
    batches.publish(batch)
    seen: dict[int, float] = {}
    publishing.publish_now(batch.pk, on_progress=lambda done, total: seen.update({done: memory_mb()}))
    after_two_pages = seen[2 * row_hits.PAGE]
    assert max(seen) == ROWS
    assert max(seen.values()) - after_two_pages < MOST_GROWTH_MB, seen
