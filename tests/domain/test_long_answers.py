"""Lists of work whose answers are long: pages are shorter, and nothing is left out."""

import pytest

from kempelen.domain.models import HIT, Assignment
from kempelen.domain.queries import hits
from tests.factories import a_hit, a_submitted_assignment, a_worker

pytestmark = pytest.mark.django_db
COUNT = 25


def all_pages(hit: HIT, size: int) -> list[list[Assignment]]:
    """Give the pages of a HIT's work, as a program asks for one after the other."""
    pages: list[list[Assignment]] = []
    after = None
    while page := hits.submitted(hit, Assignment.DONE, after=after, size=size):
        pages.append(page)
        assert page[-1].submitted_at
        after = (page[-1].submitted_at, page[-1].pk)
    return pages


@pytest.mark.parametrize(
    ("room", "sizes"),
    [(10**6, [25]), (1000, [25]), (400, [10, 10, 5]), (100, [2] * 12 + [1]), (10, [1] * 25)],
)
def test_a_page_has_no_more_than_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch, room: int, sizes: list[int]
) -> None:
    hit = a_hit(places=COUNT)
    sent = [
        a_submitted_assignment(a_worker(), hit, answers={"a": "x" * 38, "b": "yy"}).pk for _ in range(COUNT)
    ]
    monkeypatch.setattr(hits, "PAGE_CHARACTERS", room)
    pages = all_pages(hit, 100)

    assert [work.pk for page in pages for work in page] == sent
    assert [len(page) for page in pages] == sizes
