"""Our model says what botocore's says, whose own is read here and nowhere else."""

import itertools
from typing import Any

import pytest
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import EndpointProviderError
from botocore.loaders import Loader

from kempelen.aws import sdk_model

pytestmark = pytest.mark.once

OURS = sdk_model.files()
REGIONS = [
    "us-east-1",
    "eu-west-3",
    "sandbox",
    "cn-north-1",
    "us-gov-west-1",
    "us-iso-east-1",
    "mars-1",
    None,
]


def theirs(name: str) -> Any:
    return Loader(include_default_search_paths=True).load_service_model("mturk", name, "2017-01-17")


def without_words(described: Any) -> Any:
    """All but the documentation, which is ours in ours."""
    if isinstance(described, list):
        return [without_words(inner) for inner in described]
    if not isinstance(described, dict):
        return described
    return {name: without_words(inner) for name, inner in described.items() if name != "documentation"}


@pytest.mark.parametrize("name", sorted(theirs("service-2")["operations"]))
def test_an_operation_has_the_same_messages_errors_and_traits(name):
    ours = OURS["service-2.json"]["operations"]
    assert without_words(ours[name]) == without_words(theirs("service-2")["operations"][name])


@pytest.mark.parametrize("name", sorted(theirs("service-2")["shapes"]))
def test_a_shape_has_the_same_members_bounds_pattern_and_values(name):
    ours = OURS["service-2.json"]["shapes"]
    # Members are written as a mapping, where dropping the documentation drops no member of that name.
    assert without_words(ours[name]) == without_words(theirs("service-2")["shapes"][name])


def test_there_is_no_operation_or_shape_more_or_less():
    ours, botocores = OURS["service-2.json"], theirs("service-2")
    assert ours["operations"].keys() == botocores["operations"].keys()
    assert ours["shapes"].keys() == botocores["shapes"].keys()
    assert len(ours["operations"]) == 39


def test_metadata_and_version_are_the_same():
    ours, botocores = OURS["service-2.json"], theirs("service-2")
    assert ours["metadata"] == botocores["metadata"]
    assert ours["version"] == botocores["version"]
    assert ours.keys() == botocores.keys()


@pytest.mark.parametrize("name", ["paginators-1", "examples-1"])
def test_paginators_and_examples_are_the_same(name):
    assert OURS[f"{name}.json"] == theirs(name)


def test_members_come_in_the_same_order():
    for name, shape in theirs("service-2")["shapes"].items():
        if not name.startswith("List"):
            assert list(OURS["service-2.json"]["shapes"][name].get("members", {})) == list(
                shape.get("members", {})
            )


def endpoint(rules: dict[str, Any], arguments: dict[str, Any]) -> str | None:
    """Where a call goes; None where the rules refuse to say."""
    partitions = Loader().load_data("partitions")
    try:
        found = EndpointProvider(rules, partitions).resolve_endpoint(**arguments)
    except EndpointProviderError:
        return None
    return (found.url, found.properties, found.headers)


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("address", ["http://localhost:8000", None])
def test_endpoints_are_found_in_the_same_places(region, address):
    for fips, dual_stack in itertools.product([True, False], repeat=2):
        asked = {"UseFIPS": fips, "UseDualStack": dual_stack, "Region": region, "Endpoint": address}
        arguments = {name: value for name, value in asked.items() if value is not None}
        ours = endpoint(OURS["endpoint-rule-set-1.json"], arguments)
        assert ours == endpoint(theirs("endpoint-rule-set-1"), arguments), arguments


def test_no_sentence_is_amazons():
    """Every documentation text is ours."""
    assert not set(words_of(OURS)) & (
        set(words_of([theirs(name) for name in ("service-2", "endpoint-rule-set-1")])) - {""}
    )


def words_of(described: Any) -> list[str]:
    if isinstance(described, list):
        return [text for inner in described for text in words_of(inner)]
    if not isinstance(described, dict):
        return []
    own = [described[name] for name in ("documentation", "error") if isinstance(described.get(name), str)]
    return own + [text for inner in described.values() for text in words_of(inner)]
