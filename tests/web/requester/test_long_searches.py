"""What is searched for can be as long as an address: SQLite finds neither such words nor so many of them."""

import pytest

LONG = ["x" * 60_000, "+".join(f"w{number}" for number in range(2_000))]


@pytest.mark.parametrize("search", LONG, ids=["word", "words"])
@pytest.mark.parametrize("page", ["projects/", "batches/", "groups/"])
def test_an_endless_search_finds_nothing_and_does_not_fail(owner, at, batch, page, search):
    assert owner.get(at(f"{page}?q={search}")).status_code == 200
