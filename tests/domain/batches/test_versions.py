"""What differs between two versions of a template."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kempelen.domain.batches import versions
from kempelen.domain.batches.versions import compare

TEXTS = st.lists(st.sampled_from(["a", "b", "<p>one two three</p>", "<p>one 2 three</p>", ""])).map("\n".join)


def shown(before: str, after: str, **options) -> list[tuple]:
    return [(line.kind, line.before, line.after) for line in compare(before, after, **options).lines]


def test_a_changed_line_is_removed_and_added_with_what_differs_in_it():
    found = compare("<p>\n  <b>one</b>\n</p>", "<p>\n  <b>two</b>\n</p>")
    assert (found.added, found.removed) == (1, 1)
    removed, added = found.lines[1:3]
    assert (removed.kind, removed.before, removed.after) == ("removed", 2, None)
    assert (added.kind, added.before, added.after) == ("added", None, 2)
    assert next(text for text, differs in removed.parts if differs) in "one"
    assert "".join(text for text, _ in added.parts) == "  <b>two</b>"


def test_what_is_far_from_every_change_is_left_out():
    before = "\n".join(map(str, range(20)))
    lines = shown(before, before.replace("10", "ten"), context=2)
    assert [kind for kind, *_ in lines] == [
        "left_out",
        "same",
        "same",
        "removed",
        "added",
        "same",
        "same",
        "left_out",
    ]


def test_the_same_text_has_no_changes():
    assert (compare("a\nb", "a\nb").added, compare("a\nb", "a\nb").removed) == (0, 0)
    assert shown("", "") == []


@given(TEXTS, TEXTS)
def test_both_texts_can_be_put_together_again(before: str, after: str):
    assume(before.splitlines() != after.splitlines())
    lines = compare(before, after, context=10_000).lines
    old = ["".join(text for text, _ in line.parts) for line in lines if line.before]
    new = ["".join(text for text, _ in line.parts) for line in lines if line.after]
    assert (old, new) == (before.splitlines(), after.splitlines())
    assert [line.before for line in lines if line.before] == list(range(1, len(old) + 1))
    assert [line.after for line in lines if line.after] == list(range(1, len(new) + 1))


def test_too_much_is_not_matched_line_by_line_and_not_all_shown(monkeypatch):
    monkeypatch.setattr(versions, "MOST_COMPARED", 5)
    monkeypatch.setattr(versions, "MOST_SHOWN", 8)
    found = compare("x\n" * 6 + "end", "y\n" * 6 + "end")
    assert (found.is_coarse, found.added, found.removed, found.more) == (True, 6, 6, 5)


@pytest.mark.parametrize("length", [versions.LONGEST_COMPARED, versions.LONGEST_COMPARED + 1])
def test_long_lines_are_shown_whole(length: int):
    before = ("a " * length)[:length]
    found = compare(before, "b" + before[1:])
    assert any(differs for _, differs in found.lines[0].parts) is (length == versions.LONGEST_COMPARED)
