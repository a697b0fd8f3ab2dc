"""What all views of the API have: who calls, and finding things in what the caller reaches."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from rest_framework.exceptions import NotFound
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import GenericViewSet

from kempelen.turkle_api.callers import Caller, caller_of

Row = TypeVar("Row", bound=Model)
# What databases count to.
_MOST = 2**63 - 1


class View(GenericViewSet[Any]):
    """A kind of thing in the API."""

    @property
    def caller(self) -> Caller:
        """Who calls."""
        return caller_of(self.request)

    def found(self, rows: QuerySet[Row], pk: str) -> Row:
        """Give the row with this id among those that the caller reaches, or answer 404."""
        if int(pk) > _MOST:
            raise NotFound
        return get_object_or_404(rows, pk=int(pk))

    def checked(self, **options: Any) -> BaseSerializer[Any]:
        """Give what was sent, when it has the right form; else answer 400 with what is wrong."""
        serializer = self.get_serializer(data=self.request.data, **options)
        serializer.is_valid(raise_exception=True)
        return serializer

    def page_of(self, rows: QuerySet[Any], serializer: type[BaseSerializer[Any]] | None = None) -> Response:
        """Answer with the page that was asked for."""
        page = self.paginate_queryset(rows) or []
        context = self.get_serializer_context()
        shown = (serializer or self.get_serializer_class())(page, many=True, context=context)
        return self.get_paginated_response(shown.data)
