"""Calls as clients make them, without a network: botocore writes the request and reads the answer."""

from typing import Any

from botocore.model import OperationModel, ServiceModel
from botocore.parsers import create_parser
from botocore.serialize import create_serializer

from kempelen.aws import protocol, sdk_model
from kempelen.aws.model import OPERATIONS

SERVICE = ServiceModel(sdk_model.service(), "mturk")
PREFIX = SERVICE.metadata["targetPrefix"]


def model_of(name: str) -> OperationModel:
    """The operation as botocore sees it."""
    return SERVICE.operation_model(name)


def sent(name: str, **arguments: Any) -> tuple[str, bytes]:
    """The target and the body that botocore sends."""
    request = create_serializer("json").serialize_to_request(arguments, model_of(name))
    return request["headers"]["X-Amz-Target"], request["body"]


def received(name: str, body: bytes, status: int = 200) -> dict[str, Any]:
    """What botocore makes of an answer."""
    answer = {"body": body, "headers": {}, "status_code": status}
    parsed: dict[str, Any] = create_parser("json").parse(answer, model_of(name).output_shape)
    parsed.pop("ResponseMetadata")
    return parsed


def parsed(name: str, body: bytes | str) -> dict[str, Any]:
    """What we make of a request's body."""
    return protocol.parse(OPERATIONS[name], body if isinstance(body, bytes) else body.encode())
