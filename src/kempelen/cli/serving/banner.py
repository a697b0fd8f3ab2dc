"""What a starting server says."""

from django.conf import settings

from kempelen.cli import start
from kempelen.config import hosts, program

_EVERYWHERE = {"0.0.0.0", "::"}
_HERE = {"127.0.0.1", "::1", *_EVERYWHERE}


def url_of(host: str, port: int) -> str:
    """The address to open in a browser on this machine."""
    name = "localhost" if host in _HERE else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


def show(host: str, port: int, lines: list[str]) -> None:
    """Print where the server is and the lines that are for this start."""
    addresses = [(settings.KEMPELEN_URL or url_of(host, port)) + settings.KEMPELEN_PREFIX]
    if host in _EVERYWHERE:
        addresses += [
            f"http://{address}:{port}{settings.KEMPELEN_PREFIX}" for address in hosts.own_addresses()
        ]
    told = [
        f"Kempelen {program.VERSION} is ready.",
        "",
        f"  Open    {addresses[0]}",
        *(f"          {address}" for address in addresses[1:]),
        f"  Data    {start.data_place()}",
        "",
        *lines,
        "Stop it with Ctrl-C; nothing is lost.",
    ]
    print("\n".join(told), flush=True)
