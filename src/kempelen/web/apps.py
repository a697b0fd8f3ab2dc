"""The HTML face as a Django app: its templates and static files."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages for workers and requesters; no tables."""

    name = "kempelen.web"
    label = "web"
    verbose_name = "Kempelen's pages"
