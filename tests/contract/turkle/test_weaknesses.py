"""Each weakness of Turkle's has a test here that shows the better answer."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.contract.turkle.weaknesses import WEAKNESSES

TESTS = Path(__file__).parents[2]
pytestmark = pytest.mark.once


@cache
def functions_in(file: str) -> set[str]:
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_the_table_has_all_thirty_seven() -> None:
    assert list(WEAKNESSES) == list(range(1, 38))


@pytest.mark.parametrize("number", WEAKNESSES)
def test_each_is_shown_by_tests_that_there_are(number: int) -> None:
    assert WEAKNESSES[number].shown_by
    for test in WEAKNESSES[number].shown_by:
        file, _, name = test.partition("::")
        assert name.startswith("test_")
        assert name in functions_in(file), test
