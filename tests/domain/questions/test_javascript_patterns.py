"""Patterns of forms find on the server what a browser finds (question-schemas.md §2.3, §7.3)."""

import random
import time

import pytest
from playwright.sync_api import Page

from kempelen.domain.questions import javascript_patterns
from kempelen.domain.questions.javascript_patterns import NotAPattern, finds

ESCAPES = r"d w s D W S b B 1 2 0 8 12 x41 u0061 cA c / . - n t k k<n> p{L}"
GROUPS = "(?: (?= (?! (?<= (?<! (?<n> [^ [a-z] {2} {1,} {1,3} {,3} [^] []"
PIECES = [
    *"ab1_ -.^$|()[]*+?{},:=!<>\\/é😀\n",
    *(f"\\{escaped}" for escaped in ESCAPES.split()),
    *GROUPS.split(),
]
SIGNS = [*"ab1_ -.A{},\n😀é\\", "aa", "11"]
IN_A_BROWSER = """cases => cases.map(([pattern, text, flags]) => {
    try { return new RegExp(pattern, flags).test(text); } catch { return "none"; }
})"""


def ours(pattern: str, text: str, flags: str) -> bool | str:
    try:
        javascript_patterns.check(pattern)
    except NotAPattern:
        return "none"
    return finds(pattern, text, ignores_case=flags == "i")


@pytest.mark.parametrize(
    ("pattern", "text", "is_found"),
    [
        ("[0-9]", "a1b", True),  # anywhere
        ("^[0-9]+$", "12\n", False),  # the end is the end
        (r"^\d+$", "١٢", False),  # digits are ASCII's
        (r"^\w+$", "é", False),
        (r"^\s$", "\ufeff", True),
        ("^..$", "😀", True),  # two units
        ("^[^]$", "\n", True),
        ("[]", "a", False),
        (r"^\/\-\_$", "/-_", True),
        (r"a{,2}", "a{,2}", True),
        (r"^(?<year>\d{4})-\k<year>$", "2030-2030", True),
        (r"^(a)?b\1$", "b", True),  # a group that took no part is empty
        (r"(?<=\$)\d", "$5", True),
        (r"^\cJ$", "\n", True),
    ],
)
def test_a_pattern_means_what_it_means_in_javascript(pattern: str, text: str, is_found: bool) -> None:
    assert finds(pattern, text) is is_found


@pytest.mark.parametrize(
    "pattern", ["(", ")", "*", "a**", "a{2,1}", "[b-a]", "[", "\\", "(?x)", "(?<=a)*", "a++"]
)
def test_what_no_browser_takes_is_no_pattern(pattern: str) -> None:
    with pytest.raises(NotAPattern):
        javascript_patterns.check(pattern)
    assert finds(pattern, "a")


@pytest.mark.parametrize(
    "pattern",
    [
        "^(a|aa)+$",
        "^(a|a?)+$",
        "(.*a){25}",
        "[" * 60_000,
        "(" * 60_000,
        "a{1000000}" * 5_000,
        "((a{999}){999}){9}",
    ],
)
def test_a_pattern_cannot_hold_up_the_server(pattern: str) -> None:
    begun = time.process_time()
    finds(pattern, "a" * 5_000 + "b")
    assert time.process_time() - begun < 10


@pytest.mark.browser
@pytest.mark.once
def test_patterns_put_together_by_chance_find_what_chromium_finds(page: Page) -> None:
    chance = random.Random(20300101)

    def some(pieces: list[str], most: int) -> str:
        return "".join(chance.choices(pieces, k=chance.randint(1, most)))

    cases = [[some(PIECES, 10), some(SIGNS, 6), chance.choice(["", "i"])] for _ in range(5_000)]
    found = page.evaluate(IN_A_BROWSER, cases)
    assert [(case, ours(*case)) for case in cases] == list(zip(cases, found, strict=True))
