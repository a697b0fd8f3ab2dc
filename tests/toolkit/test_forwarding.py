"""Which calls keep the signature that a program gave them, and which are signed for the endpoint's host."""

import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from kempelen.aws import signature
from kempelen.toolkit.connection import Keys
from kempelen.toolkit.running.authority import AMAZON_HOSTS
from kempelen.toolkit.running.forwarding import Asked, Endpoint


class _Remembers(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.server.headers_seen = {name.lower(): value for name, value in self.headers.items()}
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def stub():
    with HTTPServer(("127.0.0.1", 0), _Remembers) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def forwarded(stub, key: str, secret: str) -> tuple[dict[str, str], dict[str, str]]:
    """A call's headers as the program signed them for Amazon, and as the endpoint gets them."""
    headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "S.GetAccountBalance"}
    request = AWSRequest("POST", f"https://{AMAZON_HOSTS[1]}/", headers=headers, data=b"{}")
    SigV4Auth(Credentials(key, secret), "mturk-requester", "us-east-1").add_auth(request)
    sent = {**dict(request.headers.items()), "Host": AMAZON_HOSTS[1], "Connection": "close"}
    endpoint = Endpoint(f"http://127.0.0.1:{stub.server_port}", Keys("AKIAOURS", "our secret"), "")
    assert endpoint.ask(Asked("POST", "/", sent, b"{}")).body == b"{}"
    return sent, stub.headers_seen


def test_what_is_signed_with_our_key_is_signed_for_the_endpoints_host(stub):
    _, got = forwarded(stub, "AKIAOURS", "our secret")
    assert got["host"] == f"127.0.0.1:{stub.server_port}"
    call = signature.Call(got, b"{}")
    signature.verify(signature.read(call, now=datetime.now(UTC), is_sandbox=False), call, "our secret")


@pytest.mark.parametrize("key", ["AKIAOURS", "AKIATHEIRS"])
def test_what_others_sign_is_left_as_it_is(stub, key):
    sent, got = forwarded(stub, key, "another secret")
    assert (got["host"], got["authorization"]) == (AMAZON_HOSTS[1], sent["Authorization"])
