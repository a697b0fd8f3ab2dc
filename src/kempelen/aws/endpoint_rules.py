"""The rules by which SDKs find Amazon's own MTurk: by region, unless they are given an address."""

from typing import Any

Rule = dict[str, Any]
Condition = dict[str, Any]

_SANDBOX = "https://mturk-requester-sandbox.us-east-1.amazonaws.com"
_PARTITION = "PartitionResult"


def rule_set() -> dict[str, Any]:
    """The rule set in the language that botocore runs."""
    return {
        "version": "1.0",
        "parameters": {
            "Region": _parameter("string", "AWS::Region", "The region that is called."),
            "UseDualStack": _parameter(
                "boolean", "AWS::UseDualStack", "Whether IPv6 has to do.", default=False
            ),
            "UseFIPS": _parameter("boolean", "AWS::UseFIPS", "Whether FIPS 140 has to hold.", default=False),
            "Endpoint": _parameter("string", "SDK::Endpoint", "The address to call in place of Amazon's."),
        },
        "rules": [
            _tree([_is_set("Endpoint")], *_at_a_given_address()),
            _tree([_is_set("Region")], _tree([_partition_of_region()], *_at_amazon())),
            _error("No region is set, nor an endpoint"),
        ],
    }


def _at_a_given_address() -> list[Rule]:
    return [
        _error("An endpoint of your own cannot be called with FIPS", _is_true("UseFIPS")),
        _error("An endpoint of your own cannot be called with dual stack", _is_true("UseDualStack")),
        _endpoint({"ref": "Endpoint"}),
    ]


def _at_amazon() -> list[Rule]:
    fips, dual_stack = _is_true("UseFIPS"), _is_true("UseDualStack")
    has_fips, has_dual_stack = _partition_has("supportsFIPS"), _partition_has("supportsDualStack")
    return [
        _tree(
            [fips, dual_stack],
            _endpoint(_host("mturk-requester-fips", "dualStackDnsSuffix"), has_fips, has_dual_stack),
            _error("This partition has not both FIPS and dual stack"),
        ),
        _tree(
            [fips],
            _endpoint(_host("mturk-requester-fips", "dnsSuffix"), has_fips),
            _error("This partition has no FIPS"),
        ),
        _tree(
            [dual_stack],
            _endpoint(_host("mturk-requester", "dualStackDnsSuffix"), has_dual_stack),
            _error("This partition has no dual stack"),
        ),
        _endpoint(_SANDBOX, {"fn": "stringEquals", "argv": [{"ref": "Region"}, "sandbox"]}),
        _endpoint(_host("mturk-requester", "dnsSuffix")),
    ]


def _host(name: str, suffix: str) -> str:
    return f"https://{name}.{{Region}}.{{{_PARTITION}#{suffix}}}"


def _parameter(kind: str, built_in: str, documentation: str, default: bool | None = None) -> dict[str, Any]:
    described = {"type": kind, "builtIn": built_in, "documentation": documentation, "required": False}
    return described if default is None else described | {"required": True, "default": default}


def _tree(conditions: list[Condition], *rules: Rule) -> Rule:
    return {"type": "tree", "conditions": conditions, "rules": list(rules)}


def _endpoint(url: str | dict[str, str], *conditions: Condition) -> Rule:
    endpoint = {"url": url, "properties": {}, "headers": {}}
    return {"type": "endpoint", "conditions": list(conditions), "endpoint": endpoint}


def _error(words: str, *conditions: Condition) -> Rule:
    return {"type": "error", "conditions": list(conditions), "error": words}


def _is_set(parameter: str) -> Condition:
    return {"fn": "isSet", "argv": [{"ref": parameter}]}


def _is_true(parameter: str) -> Condition:
    return {"fn": "booleanEquals", "argv": [{"ref": parameter}, True]}


def _partition_of_region() -> Condition:
    return {"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": _PARTITION}


def _partition_has(feature: str) -> Condition:
    fact = {"fn": "getAttr", "argv": [{"ref": _PARTITION}, feature]}
    return {"fn": "booleanEquals", "argv": [fact, True]}
