"""What the text of an environment variable may say, and what comes of it."""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

Network = IPv4Network | IPv6Network

_YES = {"1", "true", "yes", "on"}
_NO = {"0", "false", "no", "off"}
_SIZES = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "kib": 2**10, "mib": 2**20, "gib": 2**30}
_HOST = re.compile(r"\*|\.?[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?|\[[0-9A-Fa-f:.]+\]")

_PATH = re.compile(r"(/[A-Za-z0-9_-]+)*/?")
_ELEMENT = re.compile(r"<\s*([A-Za-z][A-Za-z0-9-]*)")
_RATE = re.compile(r"(?P<per_second>\d{1,6}(\.\d{1,3})?)(/(?P<burst>[1-9]\d{0,5}))?")
_ORIGIN = re.compile(r"https?://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?")
_WILDCARD = re.compile(r"(?P<scheme>https?)://\*\.(?P<domain>[a-z0-9-]+(\.[a-z0-9-]+)*)(?P<port>:\d{1,5})?")


@dataclass(frozen=True)
class Rate:
    """How often something may happen: so many times a second on average, and so many at once."""

    per_second: float
    burst: float

    def __str__(self) -> str:
        return f"{self.per_second:g}/{self.burst:g}"


class Unfit(ValueError):
    """The text is not of the kind asked for; `str()` is the remedy, as a sentence."""


def text(value: str) -> str:
    """The text as it is."""
    return value


def yes_or_no(value: str) -> bool:
    """Whether the text agrees."""
    word = value.lower()
    if word not in _YES | _NO:
        raise Unfit("Write yes or no.")
    return word in _YES


def one_of(*words: str) -> Callable[[str], str]:
    """A reader that takes one of the words only."""

    def read(value: str) -> str:
        if value not in words:
            raise Unfit(f"Write {', '.join(words[:-1])} or {words[-1]}.")
        return value

    return read


def size(value: str) -> int:
    """Bytes, from `10 MB` or `512 KiB`."""
    found = re.fullmatch(r"(\d+)\s*([A-Za-z]*)", value)
    if not found or found[2].lower() not in _SIZES:
        raise Unfit("Write a size such as 500 MB or 2 GB.")
    return int(found[1]) * _SIZES[found[2].lower()]


def size_at_most(most: int) -> Callable[[str], int]:
    """A reader of sizes up to this one."""

    def read(value: str) -> int:
        if size(value) > most:
            raise Unfit(f"Write {most / 10**6:g} MB at most.")
        return size(value)

    return read


def number(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers in this range."""

    def read(value: str) -> int:
        if not value.isdecimal() or not least <= int(value) <= most:
            raise Unfit(f"Write a whole number from {least} to {most}.")
        return int(value)

    return read


def text_file(value: str) -> str:
    """The path of a file that can be read, in UTF-8."""
    path = folder(value)
    try:
        path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unfit(f"Name a file of text in UTF-8 that this server may read: {error}.") from error
    return str(path)


def head_file(value: str) -> str:
    """The path of a file with elements that may stand in every page's head."""
    path = text_file(value)
    found = set(_ELEMENT.findall(Path(path).read_text(encoding="utf-8")))
    others = sorted(name.lower() for name in found if name.lower() not in {"meta", "link"})
    if others:
        raise Unfit(f"It may hold <meta> and <link> only, not <{others[0]}>.")
    return path


def folder(value: str) -> Path:
    """An absolute path."""
    return Path(value).expanduser().absolute()


def site_url(value: str) -> str:
    """The address of the server's front page, without a slash at its end."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise Unfit("Write the whole address without a path, such as https://turk.example.org.")
    if parts.query or parts.fragment or parts.username:
        raise Unfit("Leave out what follows the host and port.")
    return f"{parts.scheme}://{parts.netloc}"


def own_url(value: str) -> str:
    """The address of this server's front page, perhaps under a path, without a slash at its end."""
    parts = urlsplit(value)
    if not _PATH.fullmatch(parts.path):
        raise Unfit("Write a path of letters, digits, - and _ only, such as https://example.org/kempelen.")
    return site_url(parts._replace(path="").geturl()) + parts.path.rstrip("/")


def address_in_s3(value: str) -> str:
    """The address of a file in S3, with `{key}` in it, and `{bucket}` where there are several."""
    rest = value.replace("{bucket}", "bucket").replace("{key}", "key")
    parts = urlsplit(rest)
    if parts.scheme not in {"http", "https"} or not parts.hostname or "{" in rest or "{key}" not in value:
        raise Unfit(
            "Write an address with {bucket} and {key}, such as https://{bucket}.s3.amazonaws.com/{key}."
        )
    return value


def wildcard_origin(value: str) -> str:
    """An origin whose first name is any: `https://*.content.example.org`, without a slash at its end."""
    found = _WILDCARD.fullmatch(value.lower().rstrip("/"))
    if not found:
        raise Unfit("Write a scheme and a wildcard, such as https://*.content.example.org.")
    port = found["port"] or ""
    is_usual = (found["scheme"], port) in {("http", ":80"), ("https", ":443")}
    return f"{found['scheme']}://*.{found['domain']}{'' if is_usual else port}"


def hosts(value: str) -> list[str]:
    """Host names, addresses, `.example.org` for a whole domain, or `*`."""
    names = _listed(value)
    for name in names:
        if not _HOST.fullmatch(name):
            raise Unfit(f"{name!r} is no host name. Write names without a port, with commas between them.")
    return names


def networks(value: str) -> list[Network]:
    """Addresses and networks such as `10.0.0.0/8`."""
    try:
        return [ipaddress.ip_network(name, strict=False) for name in _listed(value)]
    except ValueError as error:
        raise Unfit("Write addresses or networks, such as 127.0.0.1, 10.0.0.0/8.") from error


def database_url(value: str) -> str:
    """The URL of a PostgreSQL database, or of an SQLite file."""
    scheme = urlsplit(value).scheme
    if scheme not in {"postgres", "postgresql", "sqlite"}:
        raise Unfit("Write postgresql://user:password@host/name, or leave it out to use SQLite.")
    if scheme == "sqlite" and not urlsplit(value).path.strip("/"):
        raise Unfit("Write the file's path: sqlite:////srv/kempelen/kempelen.sqlite3.")
    return value


def email_url(value: str) -> str:
    """Where mail goes out: `smtp://user:password@host:587`, `smtps://…`, `console:`."""
    parts = urlsplit(value)
    if parts.scheme == "console":
        return value
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"} or not parts.hostname:
        raise Unfit("Write smtp+tls://user:password@mail.example.org:587, smtps://…, smtp://… or console:.")
    return value


def secret_key(value: str) -> str:
    """A key long enough to sign with."""
    if len(value) < 32:
        raise Unfit("Write at least 32 random characters, or leave it out: one is made and kept.")
    return value


def secret_keys(value: str) -> list[str]:
    """Keys with blanks between them."""
    return [secret_key(key) for key in value.split()]


def rate(value: str) -> Rate:
    """A rate per second, from `10`, `0.5` or, with the size of bursts, `10/50`."""
    found = _RATE.fullmatch(value)
    if not found or not float(found["per_second"]):
        raise Unfit("Write how many per second, such as 10, and perhaps how many at once: 10/50.")
    per_second = float(found["per_second"])
    return Rate(per_second, float(found["burst"] or max(per_second, 1)))


def origins(value: str) -> list[str]:
    """Schemes and hosts of web pages, such as `https://lab.example.org`, or `*`."""
    names = [name.rstrip("/").lower() for name in _listed(value)]
    for name in names:
        if name != "*" and not _ORIGIN.fullmatch(name):
            raise Unfit(f"{name!r} is no origin. Write scheme and host, such as https://lab.example.org.")
    return names


def time_zone(value: str) -> str:
    """The name of a time zone."""
    if value not in available_timezones():
        raise Unfit("Write a name such as Europe/Berlin or UTC.")
    return ZoneInfo(value).key


def _listed(value: str) -> list[str]:
    """The parts between commas and blanks."""
    return [part for part in re.split(r"[\s,]+", value) if part]
