"""Kempelen's settings with other pages."""

from kempelen.config.serving import *  # noqa: F403

ROOT_URLCONF = "bench.inside.bare_urls"
