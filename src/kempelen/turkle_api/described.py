"""How an operation stands in the OpenAPI schema: its name, what it answers, and how it may be refused."""

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema

from kempelen.turkle_api.shapes import RefusalShape

Function = TypeVar("Function", bound=Callable[..., Any])

_WRONG = OpenApiResponse(
    OpenApiTypes.OBJECT, "What is wrong: a list of sentences for each field, or `detail`."
)
_REFUSALS = {
    400: _WRONG,
    401: OpenApiResponse(RefusalShape, "No token came, or none that works."),
    403: OpenApiResponse(RefusalShape, "The token's user has no right to this."),
    404: OpenApiResponse(RefusalShape, "There is no such thing, or not for you."),
    409: OpenApiResponse(RefusalShape, "The thing is not in a state for this."),
    413: OpenApiResponse(RefusalShape, "Too much at once."),
    415: OpenApiResponse(RefusalShape, "Only JSON is taken."),
    429: OpenApiResponse(RefusalShape, "Too often; wait a moment."),
}


def described(
    name: str, shape: Any, *, status: int = 200, request: Any = None, media_type: str = "application/json"
) -> Callable[[Function], Function]:
    """Put the view's function into the schema under this name, with what it answers."""
    options = {} if request is None else {"request": request}
    answers = {(status, media_type): shape} | {
        (code, "application/json"): refusal for code, refusal in _REFUSALS.items()
    }
    return extend_schema(operation_id=name, responses=answers, **options)
