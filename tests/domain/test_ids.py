"""Public ids."""

import re

from kempelen.domain.ids import new_ids_in_order


def test_ids_of_a_batch_have_mturks_form_and_are_all_different() -> None:
    ids = new_ids_in_order(0, 5_000, of=5_000, offset=7)
    assert len(set(ids)) == 5_000
    assert all(re.fullmatch(r"3[A-Z0-9]{29}", one) for one in ids)


def test_pages_of_a_batch_stand_one_after_the_other_from_any_offset() -> None:
    for offset in (0, 36**4 - 1, 123_456_789):
        pages = [new_ids_in_order(start, 100, of=1_000, offset=offset) for start in range(0, 1_000, 100)]
        ids = [one for page in pages for one in page]
        lowest = ids.index(min(ids))
        assert ids[lowest:] + ids[:lowest] == sorted(ids)


def test_nothing_but_the_place_is_the_same_in_two_batches_of_one_offset() -> None:
    one, other = (new_ids_in_order(0, 50, of=50, offset=3) for _ in range(2))
    assert [first[:5] for first in one] == [second[:5] for second in other]
    assert not {first[5:] for first in one} & {second[5:] for second in other}
