"""The WSGI application for servers other than `kempelen serve`."""

import os

from kempelen.config.application import make

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kempelen.config.serving")

application = make()
