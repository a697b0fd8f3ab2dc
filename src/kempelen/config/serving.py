"""The settings of `kempelen serve`: the same, with static files collected, compressed, named by content."""

from kempelen.config import data_folder
from kempelen.config.settings import *  # noqa: F403
from kempelen.config.settings import KEMPELEN_DATA_DIR, STORAGES

STATIC_ROOT = KEMPELEN_DATA_DIR / data_folder.STATIC
WHITENOISE_USE_FINDERS = False
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "kempelen.config.static_files.Collected"}}
