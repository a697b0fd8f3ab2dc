"""Addresses of ExternalQuestions: which may be shown, and with what added to them (mturk-api.md §8.1)."""

import ipaddress
import re
from urllib.parse import SplitResult, parse_qsl, urlsplit

from kempelen.domain.answers import RESERVED

# What browsers read in their own way, so that they and we could mean different hosts by it.
_UNCLEAR = re.compile(r"[\x00-\x20\x7f\\]")
_HOST = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")


def problem_with(url: str) -> str:
    """Say why the address cannot be an ExternalURL; nothing if it can."""
    parts = _split(url)
    if parts is None:
        return "The ExternalURL is not a plain address such as https://example.org/task."
    is_loopback = is_loopback_name(parts.hostname or "")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback):
        return "The ExternalURL must begin with https://; http:// is for pages on this machine only."
    named = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    if taken := named & RESERVED:
        return f"The ExternalURL must not have the parameter {min(taken)}: it is added to it."
    return ""


def origin_of(url: str) -> str:
    """Give the origin of an address that `problem_with` has nothing against, less a port that is implied."""
    parts = urlsplit(url)
    implied = {"https": 443, "http": 80}.get(parts.scheme)
    host = (parts.hostname or "").lower()
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}" + (f":{parts.port}" if parts.port not in (None, implied) else "")


def shown_by(url: str) -> list[str]:
    """Give what a frame that begins at this address may show, as a page's policy names it.

    Pages lead on to others: to a log-in, or from a script to the survey that it chose.  MTurk's frames
    followed anywhere; here that is by https, or among the pages of a machine under development.
    """
    is_local = is_loopback_name(urlsplit(url).hostname or "")
    return [origin_of(url), "https:", *(["http://localhost:*", "http://127.0.0.1:*"] if is_local else [])]


def with_parameters(url: str, parameters: str) -> str:
    """Add parameters to an address that may have some, before its fragment."""
    address, number_sign, fragment = url.partition("#")
    joint = "?" if "?" not in address else "" if address.endswith("?") else "&"
    return f"{address}{joint}{parameters}{number_sign}{fragment}"


def is_loopback_name(host: str) -> bool:
    """Tell whether a host name means the machine that asks."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _split(url: str) -> SplitResult | None:
    if _UNCLEAR.search(url):
        return None
    try:
        parts = urlsplit(url)
        is_plain = _HOST.fullmatch(parts.netloc) is not None and (parts.port or 1) > 0
    except ValueError:
        return None
    return parts if is_plain and parts.hostname else None
