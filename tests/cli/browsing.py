"""A browser without a screen: keeps cookies, follows redirects."""

import http.cookiejar
import re
import urllib.error
import urllib.request


class Browser:
    """Somebody at a browser of their own."""

    def __init__(self) -> None:
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(cookies)

    def open(self, url: str, *, data: bytes | None = None, **headers: str) -> tuple[int, str]:
        """The status and the page."""
        request = urllib.request.Request(
            url, data=data, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        try:
            with self._opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(errors="replace")

    def log_in(self, link: str) -> tuple[int, str]:
        """Open a log-in link and press its button."""
        status, page = self.open(link)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if status != 200 or not token:
            return status, page
        return self.open(link, data=f"csrfmiddlewaretoken={token[1]}".encode())


def links_in(text: str) -> list[str]:
    """The log-in links that a command printed."""
    return re.findall(r"http://\S+/account/link/\S+/", text)
