"""The WSGI application for servers other than `kempelen serve`."""

import os
from importlib import import_module

from django.conf import settings

from kempelen.config import data_folder
from kempelen.config.application import make

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kempelen.config.serving")

application = make()
data_folder.note_mode(settings.KEMPELEN_DATA_DIR, settings.KEMPELEN_MODE)
# By name: it has tables behind it, which Django has only now got ready.
_clock = import_module("kempelen.domain.actions.clock_following")
_clock.begin(settings.KEMPELEN_DATA_DIR)
_clock.keep_following()
