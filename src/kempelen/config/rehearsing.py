"""The settings of a throw-away server: as it is served, but static files are found in place, when asked for.

Collecting them would take longer than all else at a first start; and listing them, at each.
"""

from kempelen.config.settings import *  # noqa: F403

WHITENOISE_AUTOREFRESH = True
