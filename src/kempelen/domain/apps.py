"""The one Django app that holds tables."""

from django.apps import AppConfig


class DomainConfig(AppConfig):
    """Everything that is true on every face; its tables carry the label `kempelen`."""

    name = "kempelen.domain"
    label = "kempelen"
    verbose_name = "Kempelen"
    default_auto_field = "django.db.models.BigAutoField"
