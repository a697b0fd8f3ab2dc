"""Hypothesis strategies made from the shapes of the model."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from kempelen.aws.model import Shape

TEXT = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(9999, 1, 1), timezones=st.just(UTC))


def values_of(shape: Shape) -> st.SearchStrategy[Any]:
    """Values that the shape allows."""
    if shape.kind == "structure":
        members = {name: values_of(member.shape) for name, member in shape.members.items()}
        return st.fixed_dictionaries(
            {name: members[name] for name in shape.required},
            optional={name: member for name, member in members.items() if name not in shape.required},
        )
    if shape.kind == "list":
        assert shape.element
        return st.lists(values_of(shape.element), min_size=shape.minimum or 0, max_size=3)
    if shape.kind in ("integer", "long"):
        largest = 2**31 - 1 if shape.kind == "integer" else 2**63 - 1
        return st.integers(-largest - 1 if shape.minimum is None else shape.minimum, shape.maximum or largest)
    return {"string": _texts(shape), "boolean": st.booleans(), "timestamp": MOMENTS}[shape.kind]


def _texts(shape: Shape) -> st.SearchStrategy[str]:
    if shape.values:
        return st.sampled_from(shape.values)
    longest = min(shape.maximum or 20, 70)
    if shape.pattern:
        whole = st.from_regex(shape.pattern, fullmatch=True)
        return whole.filter(lambda text: (shape.minimum or 0) <= len(text) <= longest)
    return st.text(TEXT, min_size=shape.minimum or 0, max_size=longest)
