"""How programs hear that the domain refused."""

from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler

from kempelen.domain.errors import FileRefused, InvalidValue, NotAllowed, NotFound, Refusal

# What the domain calls otherwise than Turkle.
_FIELDS = {
    "html": "html_template",
    "max_assignments": "assignments_per_task",
    "assignment_duration_seconds": "allotted_assignment_time",
    "Title": "name",
    "title": "name",
}
_STATUSES: dict[type[Refusal], int] = {NotFound: 404, NotAllowed: 403}
_CONFLICT = 409


def told(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Answer for a call that was refused; any other exception is our bug and goes on."""
    if isinstance(exception, FileRefused):
        return Response({"csv_text": exception.problems}, status=400)
    if isinstance(exception, InvalidValue):
        return Response({_FIELDS.get(exception.field, exception.field): [str(exception)]}, status=400)
    if isinstance(exception, Refusal):
        status = next((code for kind, code in _STATUSES.items() if isinstance(exception, kind)), _CONFLICT)
        return Response({"detail": str(exception)}, status=status)
    return exception_handler(exception, context)
