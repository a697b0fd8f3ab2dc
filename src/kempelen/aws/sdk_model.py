"""The model in the form that botocore, and with it boto3 and the AWS CLI, reads: made from our own."""

from typing import Any

from kempelen.aws import endpoint_rules
from kempelen.aws.model import (
    API_VERSION,
    ERRORS,
    JSON_VERSION,
    OPERATIONS,
    SIGNING_NAME,
    TARGET_PREFIX,
    Operation,
    Shape,
)

METADATA = {
    "apiVersion": API_VERSION,
    "auth": ["aws.auth#sigv4"],
    "endpointPrefix": SIGNING_NAME,
    "jsonVersion": JSON_VERSION,
    "protocol": "json",
    "protocols": ["json"],
    "serviceAbbreviation": "Amazon MTurk",
    "serviceFullName": "Amazon Mechanical Turk",
    "serviceId": "MTurk",
    "signatureVersion": "v4",
    "targetPrefix": TARGET_PREFIX,
    "uid": f"{SIGNING_NAME}-{API_VERSION}",
}


def files() -> dict[str, Any]:
    """What a model's folder holds: the names of its files and what each says, to be written as JSON."""
    return {
        "service-2.json": service(),
        "paginators-1.json": paginators(),
        "endpoint-rule-set-1.json": endpoint_rules.rule_set(),
        "examples-1.json": {"version": "1.0", "examples": {}},
    }


def service() -> dict[str, Any]:
    """Metadata, operations and shapes."""
    return {
        "version": "2.0",
        "metadata": METADATA,
        "operations": {name: _operation(operation) for name, operation in OPERATIONS.items()},
        "shapes": {shape.name: _shape(shape) for shape in _all_shapes()},
        "documentation": "MTurk's Requester API, as Kempelen serves it.",
    }


def paginators() -> dict[str, Any]:
    """How clients read each list to its end."""
    return {
        "pagination": {
            name: {
                "input_token": "NextToken",
                "limit_key": "MaxResults",
                "output_token": "NextToken",
                "result_key": operation.items,
            }
            for name, operation in OPERATIONS.items()
            if operation.items
        }
    }


def _operation(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": operation.name,
        "http": {"method": "POST", "requestUri": "/"},
        "input": {"shape": operation.request.name},
        "output": {"shape": operation.answer.name},
        "errors": [{"shape": error.name} for error in ERRORS],
        "documentation": operation.documentation,
    }
    return described | ({"idempotent": True} if operation.is_idempotent else {})


def _all_shapes() -> list[Shape]:
    """Every shape that the operations and errors are made of, by name."""
    found: dict[str, Shape] = {}
    waiting = list(ERRORS)
    for operation in OPERATIONS.values():
        waiting += [operation.request, operation.answer]
    while waiting:
        shape = waiting.pop()
        if shape.name not in found:
            found[shape.name] = shape
            waiting += [member.shape for member in shape.members.values()]
            waiting += [shape.element] if shape.element else []
    return [found[name] for name in sorted(found)]


def _shape(shape: Shape) -> dict[str, Any]:
    described: dict[str, Any] = {"type": shape.kind}
    if shape.kind == "structure":
        described["members"] = {name: _member(shape, name) for name in shape.members}
    facts = {
        "required": list(shape.required),
        "member": {"shape": shape.element.name} if shape.element else None,
        "min": shape.minimum,
        "max": shape.maximum,
        "pattern": shape.pattern,
        "enum": list(shape.values),
        "documentation": shape.documentation,
        "exception": shape in ERRORS,
        "fault": shape.name == "ServiceFault",
    }
    return described | {name: fact for name, fact in facts.items() if fact}


def _member(shape: Shape, name: str) -> dict[str, Any]:
    member = shape.members[name]
    described: dict[str, Any] = {"shape": member.shape.name, "documentation": member.documentation}
    return described | ({"deprecated": True} if member.is_deprecated else {})
