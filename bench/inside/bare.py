"""`kempelen serve` with views that do next to nothing: python -m bench.inside.bare PORT.

Same server, same number of processes and threads, same database settings; around the views the middleware
of a new Django project, and nothing of ours.
"""

import os
import sys

from bench.systems.kempelen import PROCESSES
from kempelen.cli import start


def main(port: int) -> None:
    """Serve until told to stop."""
    start.django("bench.inside.bare_settings", ["serve"])
    from kempelen.cli.serving import server

    server.run("127.0.0.1", port, PROCESSES, _welcome)


def _welcome() -> list[str]:
    """Make the visitor whose session the bench uses."""
    from bench.inside.bare_views import log_in
    from kempelen.domain.actions import people

    user = people.create_user("bench")
    people.worker_of(user)
    log_in(user)
    return []


if __name__ == "__main__":
    os.umask(0o077)
    main(int(sys.argv[1]))
