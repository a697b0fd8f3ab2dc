"""Schemas: what fits, what does not, and what is said of it (question-schemas.md §10)."""

from typing import Any

import pytest

from kempelen.domain.errors import DocumentRefused
from kempelen.domain.questions import validation, xml
from tests.domain.questions import fixtures


def check(document: str) -> None:
    validation.check(xml.parse(document))


@pytest.mark.parametrize("name", fixtures.VALID)
def test_a_valid_document_fits_its_schema(name: str) -> None:
    check(fixtures.valid(name))


@pytest.mark.parametrize("row", fixtures.table("refused"), ids=lambda row: row["what"])
def test_an_invalid_document_is_refused_with_its_first_fault(row: dict[str, Any]) -> None:
    with pytest.raises(DocumentRefused) as refused:
        check(row["document"])
    said = str(refused.value).partition(" Details: ")[2]
    assert said.startswith(f"{row['fault']} (line ") or said == row["fault"]


@pytest.mark.parametrize("row", fixtures.table("edges"), ids=lambda row: row["what"])
def test_a_schema_decides_edges_as_mturk_did(row: dict[str, Any]) -> None:
    if row["fits"] and "<!DOCTYPE" not in row["document"]:
        check(row["document"])
        return
    with pytest.raises(DocumentRefused):
        check(row["document"])


def test_a_fault_names_its_line() -> None:
    document = fixtures.valid("every_constraint").replace("<Length ", "<Length id='x' ")
    with pytest.raises(DocumentRefused) as refused:
        check(document)
    line = next(n for n, text in enumerate(document.splitlines(), 1) if "<Length " in text)
    assert str(refused.value).endswith(
        f"Attribute 'id' is not allowed to appear in element 'Length'. (line {line})"
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2147483648", "cvc-maxInclusive-valid: Value '2147483648' is not facet-valid with respect to"),
        ("-2147483649", "cvc-minInclusive-valid: Value '-2147483649' is not facet-valid with respect to"),
        ("9" * 60_000, f"cvc-maxInclusive-valid: Value '{'9' * 100}…' is not facet-valid"),
        ("&apos; of the atomic type &apos;", "cvc-datatype-valid.1.2.1: '' of the atomic type '' is not a"),
    ],
)
def test_numbers_have_bounds_and_messages_do_not_grow_with_them(value: str, said: str) -> None:
    document = fixtures.valid("key_scale").replace("<AnswerScore>5<", f"<AnswerScore>{value}<")
    with pytest.raises(DocumentRefused) as refused:
        check(document)
    assert str(refused.value).partition(" Details: ")[2].startswith(said)
