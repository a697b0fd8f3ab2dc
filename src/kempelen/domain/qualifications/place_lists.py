"""Places as people type them: “US-CA, Germany, fr” is three LocaleValues."""

from collections.abc import Iterable, Mapping
from functools import cache

from kempelen.domain.errors import InvalidValue
from kempelen.domain.qualifications import places

Place = dict[str, str]

_STATE_MARK = f"{places.UNITED_STATES}-"


def places_in(text: str) -> list[Place]:
    """Read countries and states by their codes or names, with commas or lines between; refuses others."""
    said = (part.strip() for part in text.replace("\n", ",").replace(";", ",").split(","))
    found = [_place_of(part) for part in said if part]
    return [place for index, place in enumerate(found) if place not in found[:index]]


def text_of(given: Iterable[Mapping[str, str]]) -> str:
    """Write places so that `places_in` reads them again."""
    codes = ("-".join(filter(None, [one["Country"], one.get("Subdivision")])) for one in given)
    return ", ".join(codes)


def _place_of(said: str) -> Place:
    code = said.upper()
    if code in places.countries():
        return {"Country": code}
    if code.startswith(_STATE_MARK) and code.removeprefix(_STATE_MARK) in places.states():
        return {"Country": places.UNITED_STATES, "Subdivision": code.removeprefix(_STATE_MARK)}
    place = _by_name().get(said.casefold())
    if place is None:
        message = (
            f"“{said[:60]}” is no country: write its name or its two letters (DE), US-CA for California."
        )
        raise InvalidValue("qualification_requirements", message)
    return dict(place)


@cache
def _by_name() -> dict[str, Place]:
    # Georgia is a country and a state: who means the state writes US-GA.
    states = {
        name.casefold(): {"Country": places.UNITED_STATES, "Subdivision": code}
        for code, name in places.states().items()
    }
    return states | {name.casefold(): {"Country": code} for code, name in places.countries().items()}
