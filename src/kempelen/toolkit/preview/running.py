"""A preview while it runs: two servers, for two origins, on ports beside each other."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from kempelen.toolkit.preview.content import Content
from kempelen.toolkit.preview.desk import Desk, Page
from kempelen.toolkit.preview.reading import Files
from kempelen.toolkit.preview.serving import LocalServer
from kempelen.toolkit.troubles import Trouble


@contextmanager
def running(files: Files, port: int) -> Iterator[str]:
    """Serve a preview of the files until this ends; gives the address to open.

    The page is at `port`, tasks at the next one; 0 finds ports that are free.
    """
    with _listening(port) as page_server, _listening(port + 1 if port else 0) as content_server:
        desk = Desk(files)
        content = Content(
            desk.reading,
            on_file=desk.watch.add,
            on_answer=desk.note_answer,
            address=content_server.address,
            page_origin=lambda host_name: _origin(page_server, host_name),
        )
        content_server.answer = content.answer
        page_server.answer = Page(desk, content, lambda host_name: _origin(content_server, host_name)).answer
        for server in (content_server, page_server):
            threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        try:
            yield f"{page_server.address()}/"
        finally:
            desk.watch.end()
            for server in (page_server, content_server):
                server.shutdown()


def _listening(port: int) -> LocalServer:
    try:
        return LocalServer(port, secrets.token_urlsafe(12))
    except OSError as error:
        raise Trouble(f"Port {port} cannot be used: {error.strerror}. Name another with --port.") from error


def _origin(server: LocalServer, host_name: str) -> str:
    return server.address(host_name).rpartition("/")[0]
