"""Which Kempelen this is."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("kempelen")
except PackageNotFoundError:  # run from its sources, not installed
    VERSION = "unreleased"
