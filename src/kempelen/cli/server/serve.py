"""`kempelen serve`."""

from kempelen.cli import first_start, links
from kempelen.cli.options import DataDir, Host, Port, Workers
from kempelen.cli.serving import server


def serve(
    host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 1, data_dir: DataDir = None
) -> None:
    """Start the server: pages, static files and background work, until Ctrl-C.

    The first start makes a requester with its owner and prints a link that logs the owner in, once.
    Nothing needs to be configured; `kempelen settings` lists what can be.

    Examples:

        kempelen serve

        kempelen serve --host 0.0.0.0 --port 8080 --workers 4 --data-dir /srv/kempelen
    """
    server.run(host, port, workers, _welcome)


def _welcome() -> list[str]:
    owner = first_start.owner_to_welcome()
    if owner is None:
        return []
    return [
        f"  Log in as “{owner.username}” with this link, which works once, within a day:",
        "",
        f"          {links.login_link(owner)}",
        "",
        f"  For another link: {links.command('login-link', owner.username)}",
        "",
    ]
