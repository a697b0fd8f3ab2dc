"""Countries and the states of the United States, by their ISO 3166 codes (mturk-api.md §4.3).

From pycountry, which follows Debian's iso-codes and alone among the well-kept libraries has both.
"""

import unicodedata
from functools import cache

import pycountry

UNITED_STATES = "US"


@cache
def countries() -> dict[str, str]:
    """Give the names of all countries by their two letters, in the order of the names."""
    named = {
        country.alpha_2: getattr(country, "common_name", country.name) for country in pycountry.countries
    }
    return _by_name(named)


@cache
def states() -> dict[str, str]:
    """Give the names of the states and territories of the United States by their two letters."""
    found = (place for place in pycountry.subdivisions if place.country_code == UNITED_STATES)
    return _by_name({state.code.removeprefix(f"{UNITED_STATES}-"): state.name for state in found})


def _by_name(named: dict[str, str]) -> dict[str, str]:
    return dict(sorted(named.items(), key=lambda pair: _sorted_as(pair[1])))


def _sorted_as(name: str) -> str:
    """Give the name without accents, so that Åland stands among the As."""
    return unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode()
