"""A requester's own web application on another origin: a page with a form that sends itself to Kempelen."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

_PAGE = """<!doctype html>
<meta charset="utf-8"><title>An application</title>
<p id="state">{state}</p>
<form method="{method}" action="{submit_to}/mturk/externalSubmit">
  <input type="hidden" name="assignmentId" value="{assignment_id}">
  <label>Word <input name="word"></label>
  <input type="checkbox" name="tag" value="a" checked><input type="checkbox" name="tag" value="b" checked>
  <button id="send">Send</button>
</form>
<script>
  // A document without an origin of its own says "null".
  document.getElementById("state").textContent += " at " + self.origin;
</script>
"""


@dataclass
class ExternalApp:
    """Where the application is, and which addresses were asked of it."""

    url: str
    asked: list[str] = field(default_factory=list)

    def parameters(self) -> dict[str, list[str]]:
        """The parameters of the page that was asked for last."""
        return parse_qs(urlsplit(self.asked[-1]).query)


@contextmanager
def external_app(
    method: str = "post", *, leads_on_to: str = "", sends_previews_to: str = ""
) -> Iterator[ExternalApp]:
    """Run the application on a free port of 127.0.0.1; its form sends itself by this method.

    It may lead on to another one, with all that it was told; in a preview it is told of no place to send to.
    """
    app = ExternalApp("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/task"):
                app.asked.append(self.path)
            if leads_on_to:
                self.send_response(302)
                self.send_header("Location", leads_on_to + self.path)
                self.end_headers()
                return
            given = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            is_preview = given.get("assignmentId") == "ASSIGNMENT_ID_NOT_AVAILABLE"
            page = _PAGE.format(
                state="preview" if is_preview else "work",
                method=method,
                submit_to=escape(given.get("turkSubmitTo", sends_previews_to)),
                assignment_id=escape(given.get("assignmentId", "")),
            ).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    app.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield app
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
