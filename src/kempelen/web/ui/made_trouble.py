"""What pages of requesters and administrators say while a sandbox makes trouble on demand."""

from kempelen.domain.trouble import state
from kempelen.domain.trouble.wanted import Wanted
from kempelen.web.ui.templatetags.kempelen_ui import percent

# By the rates of `Wanted`.
_WORDS = {
    "throttling": "are refused as too many",
    "errors": "fail",
    "dropped": "are cut off",
    "slow": "are slow",
}
_WORDS_OF_NOTIFICATIONS = {"doubled": "come twice", "late": "come late"}


def made_trouble() -> str:
    """Give in words what is made now, without a full stop; nothing if none is."""
    made = state.current()
    if made is None:
        return ""
    wanted = made.wanted
    parts = [
        (_whose(wanted), _rates(wanted, _WORDS)),
        ("notifications", _rates(wanted, _WORDS_OF_NOTIFICATIONS)),
    ]
    return "; ".join(f"of {whose}, {rates}" for whose, rates in parts if rates)


def _whose(wanted: Wanted) -> str:
    return f"requests for {', '.join(wanted.operations)}" if wanted.operations else "calls of the API"


def _rates(wanted: Wanted, words: dict[str, str]) -> str:
    rates = {name: getattr(wanted, name) for name in words}
    return ", ".join(f"{percent(100 * rate)} {words[name]}" for name, rate in rates.items() if rate)
