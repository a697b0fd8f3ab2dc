"""Pages of a requester's own site (ExternalQuestion), and pictures: what is fetched from other hosts.

A form there may lead to further pages before one sends the answer: they are filled in one after the other,
with the site's own cookies.
"""

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import lru_cache
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urlsplit

from kempelen.rehearsal.filling import pictures
from kempelen.rehearsal.filling.controls import Chooser, NoForm
from kempelen.rehearsal.filling.reading import Size, read
from kempelen.rehearsal.filling.tasks import Filled, fill

MOST_PAGES = 10
_PATIENCE_SECONDS = 30
_MOST_OF_A_PAGE = 20_000_000
_MOST_OF_A_PICTURE = 300_000


def go_on(filled: Filled, chooser: Chooser, *, size_of: Callable[[str], Size | None] | None = None) -> Filled:
    """Send a form that is not the answer yet, and fill in what follows, until one is; gives that.

    Gives at once what already is the answer.  Raises `NoForm` where the site leads nowhere, and `NotTaken`.
    """
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    for _ in range(MOST_PAGES):
        form = filled.task.form
        if form is None or form.sends_answer:
            return filled
        body, kind = filled.encoded()
        if form.method == "get":
            # A query of its own is replaced, as browsers do.
            address = urlsplit(form.action)._replace(query=urlencode(filled.pairs), fragment="").geturl()
            page, url = _fetched(opener, address)
        else:
            page, url = _fetched(opener, form.action, body, kind)
        filled = fill(read(page, url, size_of=size_of), chooser)
    raise NoForm(f"The site has more than {MOST_PAGES} pages one after the other, and none sends the answer.")


@lru_cache(maxsize=1024)
def size_at(address: str) -> Size | None:
    """Tell how large the picture at an address is; None where it does not come, or is none."""
    try:
        request = _request(address)
        with urllib.request.urlopen(request, timeout=_PATIENCE_SECONDS) as answer:
            return pictures.size_of(answer.read(_MOST_OF_A_PICTURE))
    except (OSError, ValueError, http.client.HTTPException, NoForm):
        return None


def _fetched(
    opener: urllib.request.OpenerDirector, url: str, body: bytes | None = None, kind: str = ""
) -> tuple[str, str]:
    """Give a page and the address that it has in the end."""
    try:
        request = _request(url, body)
        if kind:
            request.add_header("Content-Type", kind)
        with opener.open(request, timeout=_PATIENCE_SECONDS) as answer:
            charset = answer.headers.get_content_charset() or "utf-8"
            return answer.read(_MOST_OF_A_PAGE).decode(charset, "replace"), answer.url
    except (urllib.error.URLError, OSError, LookupError, ValueError, http.client.HTTPException) as error:
        raise NoForm(f"The site at {urlsplit(url).netloc} does not take the form: {error}") from error


def _request(url: str, body: bytes | None = None) -> urllib.request.Request:
    if urlsplit(url).scheme not in ("http", "https"):
        raise NoForm(f"{url[:200]!r} is no address of the web.")
    return urllib.request.Request(url, body, {"User-Agent": "Kempelen rehearsal"})
