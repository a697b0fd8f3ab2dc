"""What comes in and goes out, field by field, in Turkle's names; the OpenAPI schema is made of it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

MOST_LISTED = 10_000
_MOST_ID = 2**63 - 1
# A year, the longest that a worker may have for a HIT.
MOST_HOURS = 365 * 24
MOST_PLACES = 1_000_000_000


def _id() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=_MOST_ID)


@extend_schema_field({"oneOf": [{"type": "integer"}, {"type": "string", "maxLength": 20}]})
class Person(serializers.Field[Any, Any, Any, Any]):
    """A user's id, or the WorkerId of somebody of whom no more is known."""

    default_error_messages = {"invalid": "Name a user by an id, a worker by a WorkerId."}

    def to_internal_value(self, data: Any) -> int | str:
        """Read either."""
        if isinstance(data, str) and data.isascii() and data.isalnum() and len(data) <= 20:
            if not data.isdecimal():
                return data
            data = int(data)
        if isinstance(data, int) and not isinstance(data, bool) and 0 < data <= _MOST_ID:
            return data
        self.fail("invalid")
        return ""

    def to_representation(self, value: Any) -> Any:
        """Show it as it is."""
        return value


def _text(longest: int, **options: Any) -> serializers.CharField:
    return serializers.CharField(max_length=longest, **options)


class UserShape(serializers.Serializer[Any]):
    """A user: an account, and the worker that belongs to it."""

    id = serializers.IntegerField(read_only=True)
    username = _text(150)
    first_name = _text(150, required=False, allow_blank=True)
    last_name = _text(150, required=False, allow_blank=True)
    email = _text(254, required=False, allow_blank=True)
    password = _text(4096, write_only=True, trim_whitespace=False)
    is_active = serializers.BooleanField(required=False)
    is_staff = serializers.BooleanField(
        required=False, help_text="Whether the user is a member of a requester; to set it makes an editor."
    )
    is_superuser = serializers.BooleanField(
        required=False, help_text="Whether the user administers the server."
    )
    date_joined = serializers.DateTimeField(read_only=True)
    groups = serializers.ListField(child=_id(), required=False, max_length=MOST_LISTED)


class GroupShape(serializers.Serializer[Any]):
    """A worker group."""

    id = serializers.IntegerField(read_only=True)
    name = _text(100)
    users = serializers.ListField(child=Person(), max_length=MOST_LISTED)


class MembersShape(serializers.Serializer[Any]):
    """Whom to put into a group."""

    users = serializers.ListField(child=Person(), allow_empty=False, max_length=MOST_LISTED)


class PermissionsShape(serializers.Serializer[Any]):
    """Who may work: users one by one, and worker groups."""

    users = serializers.ListField(child=Person(), max_length=MOST_LISTED)
    groups = serializers.ListField(child=_id(), max_length=MOST_LISTED)


class TermsShape(serializers.Serializer[Any]):
    """What projects and batches both have; a batch that is not given it has its project's."""

    allotted_assignment_time = serializers.IntegerField(
        required=False, min_value=1, max_value=MOST_HOURS, help_text="Hours."
    )
    assignments_per_task = serializers.IntegerField(required=False, min_value=1, max_value=MOST_PLACES)
    login_required = serializers.BooleanField(required=False)
    custom_permissions = serializers.BooleanField(
        required=False, help_text="Whether only chosen users and groups may work."
    )
    active = serializers.BooleanField(required=False, help_text="Whether tasks are given out.")


class ProjectShape(TermsShape):
    """A project."""

    id = serializers.IntegerField(read_only=True)
    name = _text(200)
    filename = _text(255)
    html_template = serializers.CharField(trim_whitespace=False)
    created_at = serializers.DateTimeField(read_only=True)
    created_by = serializers.IntegerField(read_only=True, allow_null=True)
    updated_at = serializers.DateTimeField(read_only=True)
    updated_by = serializers.IntegerField(read_only=True, allow_null=True)
    batches = serializers.ListField(child=serializers.IntegerField(), read_only=True)


class BatchShape(TermsShape):
    """A batch."""

    id = serializers.IntegerField(read_only=True)
    name = _text(200)
    project = _id()
    filename = _text(255)
    csv_text = serializers.CharField(write_only=True, trim_whitespace=False)
    published = serializers.BooleanField(
        required=False, help_text="Whether it is published at once; else somebody does so in the browser."
    )
    completed = serializers.BooleanField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    created_by = serializers.IntegerField(read_only=True, allow_null=True)


class BatchChangeShape(serializers.Serializer[Any]):
    """What of a batch can be changed."""

    name = _text(200, required=False)
    active = serializers.BooleanField(required=False)
    allotted_assignment_time = serializers.IntegerField(
        required=False, min_value=1, max_value=MOST_HOURS, help_text="Hours."
    )


class RowsShape(serializers.Serializer[Any]):
    """More rows for a batch."""

    csv_text = serializers.CharField(write_only=True, trim_whitespace=False)


class AddedShape(serializers.Serializer[Any]):
    """How many tasks came of them."""

    new_tasks = serializers.IntegerField()


class ProgressShape(serializers.Serializer[Any]):
    """How far a batch is."""

    total_tasks = serializers.IntegerField()
    total_task_assignments = serializers.IntegerField()
    total_finished_tasks = serializers.IntegerField()
    total_finished_task_assignments = serializers.IntegerField()


class RefusalShape(serializers.Serializer[Any]):
    """Why something was refused."""

    detail = serializers.CharField()


class RootShape(serializers.Serializer[Any]):
    """Where things are."""

    batches = serializers.CharField()
    groups = serializers.CharField()
    projects = serializers.CharField()
    users = serializers.CharField()
    schema = serializers.CharField()
