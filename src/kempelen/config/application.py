"""The WSGI application as it is served."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from kempelen.config.proxies import TrustedProxies


def make() -> TrustedProxies:
    """A new application; static files are looked up when it is made."""
    return TrustedProxies(get_wsgi_application(), settings.KEMPELEN_TRUSTED_PROXIES)
