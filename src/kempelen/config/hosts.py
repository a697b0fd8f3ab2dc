"""Which Host headers are ours: a server on a laptop is reached by phones and containers without settings."""

import ipaddress
import socket
from pathlib import Path
from urllib.parse import urlsplit

_LOCAL = ["localhost", ".localhost", "127.0.0.1", "[::1]"]
# How containers call the machine that they run on.  Nobody can register a name under .internal, so that
# no page of a stranger comes from these, which is what the list of hosts guards against.
_FROM_CONTAINERS = ["host.docker.internal", "host.containers.internal"]


def allowed(configured: list[str], site_url: str, content_origin: str = "") -> list[str]:
    """Hosts that requests may ask for: local names, ours, those of task pages and those configured."""
    site = urlsplit(site_url).hostname
    site_hosts = [f"[{site}]" if ":" in site else site] if site else []
    task_hosts = [_domain(content_origin)] if content_origin else []
    known = [
        *_LOCAL,
        *_FROM_CONTAINERS,
        *own_names(),
        *own_addresses(),
        *site_hosts,
        *task_hosts,
        *configured,
    ]
    return list(dict.fromkeys(known))


def is_under(url: str, content_origin: str) -> bool:
    """Whether the URL's host is one of those for task pages."""
    return bool(content_origin) and (urlsplit(url).hostname or "").endswith(_domain(content_origin))


def _domain(content_origin: str) -> str:
    """What all hosts of the wildcard end with, its dot first."""
    return (urlsplit(content_origin).hostname or "").removeprefix("*")


def own_names() -> list[str]:
    """The machine's name, also as the local network's multicast DNS spells it."""
    name = socket.gethostname().lower()
    short = name.split(".")[0]
    return [name, f"{short}.local"] if name else []


def own_addresses() -> list[str]:
    """The machine's addresses, as a Host header writes them."""
    return [f"[{address}]" if ":" in address else address for address in sorted(_ipv4() | _ipv6())]


def _ipv4() -> set[str]:
    """Addresses by which this machine reaches others; nothing is sent to find them."""
    found = set()
    for destination in ("192.0.2.1", "10.255.255.255", "192.168.255.255", "172.31.255.255"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((destination, 9))
            except OSError:
                continue
            found.add(probe.getsockname()[0])
    return found - {"0.0.0.0"}


def _ipv6() -> set[str]:
    """Addresses that Linux lists; elsewhere none, and KEMPELEN_ALLOWED_HOSTS names them."""
    try:
        lines = Path("/proc/net/if_inet6").read_text(encoding="ascii").splitlines()
    except OSError:
        return set()
    addresses = {ipaddress.IPv6Address(int(line.split()[0], 16)) for line in lines if line.strip()}
    return {str(address) for address in addresses if not address.is_link_local}
