"""Tokens, with which programs speak to the Turkle-compatible API."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kempelen.domain.models.people import User


class ApiToken(models.Model):
    """A key that acts for its user; only its digest is stored.

    One in the scope of administrators may do everything on the server, as long as its user administers it.
    """

    class Scope(models.TextChoices):
        """How far a token reaches."""

        USER = "user", "What you may do"
        ADMINISTRATOR = "administrator", "Everything on this server"

    digest = models.CharField(max_length=64, unique=True)
    # The key's last characters, by which people recognise it.
    ending = models.CharField(max_length=8)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    scope = models.CharField(max_length=13, choices=Scope, default=Scope.USER)
    name = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(scope__in=["user", "administrator"]), name="token_scope_known"
            ),
        ]

    def __str__(self) -> str:
        return f"…{self.ending}"
