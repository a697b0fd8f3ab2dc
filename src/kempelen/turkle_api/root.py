"""Where the API begins: what there is, and its OpenAPI schema."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kempelen.turkle_api.callers import ByToken
from kempelen.turkle_api.described import described
from kempelen.turkle_api.shapes import RootShape

_KINDS = ("batches", "groups", "projects", "users", "schema")


class TokenInTheSchema(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Says in the schema how tokens are sent."""

    target_class = ByToken
    name = "Token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """Give the header, and what stands in it."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "Token KEY; make one on your account page.",
        }


class Root(APIView):
    """What there is."""

    @described("root", RootShape)
    def get(self, request: Request) -> Response:
        """List where things are."""
        here = request.build_absolute_uri().partition("?")[0].rstrip("/")
        return Response({kind: f"{here}/{kind}/" for kind in _KINDS})


def schema(request: HttpRequest) -> HttpResponse:
    """Give the OpenAPI schema, to everybody: it tells what is in the documentation."""
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        return HttpResponseNotAllowed(["GET", "HEAD", "OPTIONS"])
    before = request.path_info.rpartition("/api/")[0]
    return JsonResponse({**document(), "servers": [{"url": f"{before}/api"}]})


@cache
def document() -> dict[str, Any]:
    """Make the schema of the addresses; the same as long as the process lives."""
    generator: Any = SchemaGenerator
    made: dict[str, Any] = generator(urlconf="kempelen.turkle_api.urls").get_schema(public=True)
    made["info"]["title"] = f"{settings.KEMPELEN_SITE_NAME or 'Kempelen'} API"
    return made
