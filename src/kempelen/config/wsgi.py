"""The WSGI application, for `kempelen serve` and for other servers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kempelen.config.serving")

application = get_wsgi_application()
