"""What lets programs in, and what keeps a request from being done twice."""

from typing import ClassVar

from django.db import models

from kempelen.domain.ids import new_access_key_id
from kempelen.domain.models.people import Membership, Requester


class AccessKey(models.Model):
    """A key with which a member's programs sign requests to the API.

    The signature is computed from the secret itself, so the secret is kept, but encrypted.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_access_key_id, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="access_keys")
    secret = models.TextField(editable=False)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.public_id


class RequestToken(models.Model):
    """A UniqueRequestToken that a client has used for an operation, and the id of what came of it.

    MTurk remembers tokens for 24 hours (mturk-api.md §3.5).
    """

    requester = models.ForeignKey(Requester, on_delete=models.CASCADE, related_name="+", db_index=False)
    operation = models.CharField(max_length=50)
    # Long enough for the tokens that UpdateExpirationForHIT makes of a HITId and a date.
    token = models.CharField(max_length=128)
    result_id = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["requester", "operation", "token"], name="request_token_once")
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.token}"
