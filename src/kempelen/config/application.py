"""The WSGI application as it is served."""

from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from kempelen.config.prefix import UnderPrefix
from kempelen.config.proxies import TrustedProxies


def make() -> TrustedProxies:
    """A new application; static files are looked up, and the API's operations are found, when it is made."""
    application = UnderPrefix(get_wsgi_application(), settings.KEMPELEN_PREFIX)
    # By name: it has tables behind it, which Django has only now got ready.
    import_module("kempelen.api.handlers").by_name()
    return TrustedProxies(application, settings.KEMPELEN_TRUSTED_PROXIES)
