"""Calls of a sandbox, where something else answers."""

import socket
import threading
from collections.abc import Iterator

import pytest

from kempelen.rehearsal.remote_clock import RemoteClock
from kempelen.rehearsal.sandbox_calls import SandboxRefused

pytestmark = pytest.mark.once


class Stranger:
    """Answers each connection with the same bytes, and keeps what it was sent."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.heard: list[bytes] = []
        threading.Thread(target=self._answer_all, daemon=True).start()

    def _answer_all(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            with connection:
                self.heard.append(connection.recv(65536))
                connection.sendall(self._answer)

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()


@pytest.fixture
def elsewhere() -> Iterator[Stranger]:
    stranger = Stranger(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
    yield stranger
    stranger.close()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHello", "no Kempelen server"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", "no Kempelen server"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{", "does not answer"),
        (b"hello", "does not answer"),
        (b"", "does not answer"),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "production"),
        (b"HTTP/1.1 502 Bad\r\nContent-Length: 0\r\n\r\n", "status 502"),
    ],
)
def test_what_answers_otherwise_is_said_in_plain_words(answer: bytes, said: str) -> None:
    stranger = Stranger(answer)
    try:
        with pytest.raises(SandboxRefused, match=said):
            RemoteClock(stranger.url, "secret").now()
    finally:
        stranger.close()


def test_the_token_goes_nowhere_else(elsewhere: Stranger) -> None:
    answer = f"HTTP/1.1 302 Found\r\nLocation: {elsewhere.url}/\r\nContent-Length: 0\r\n\r\n"
    stranger = Stranger(answer.encode())
    try:
        with pytest.raises(SandboxRefused, match=f"sends on to {elsewhere.url}/"):
            RemoteClock(stranger.url, "secret").advance("3d")
    finally:
        stranger.close()
    assert not elsewhere.heard
