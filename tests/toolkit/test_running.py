"""What `kempelen run` puts into a program's environment, and what its proxy does with other hosts."""

import socket
import ssl
import threading
from pathlib import Path

import pytest

from kempelen.toolkit.connection import Keys
from kempelen.toolkit.running import authority, proxy, variables
from kempelen.toolkit.running.forwarding import Endpoint
from kempelen.toolkit.running.proxy import Proxy

KEYS = Keys("AKIAOURS", "secret", "")


def environment(**before: str) -> dict[str, str]:
    here = Path("/somewhere")
    return variables.given(
        before, proxy="http://127.0.0.1:1", bundle=here, authority=here, keys=KEYS, region="us-east-1"
    )


def test_keys_and_regions_that_are_there_stay():
    assert environment()["AWS_ACCESS_KEY_ID"] == "AKIAOURS"
    kept = environment(AWS_ACCESS_KEY_ID="AKIATHEIRS", AWS_SECRET_ACCESS_KEY="x", AWS_REGION="sandbox")
    assert kept["AWS_ACCESS_KEY_ID"] == "AKIATHEIRS" and kept["AWS_SECRET_ACCESS_KEY"] == "x"
    assert "AWS_DEFAULT_REGION" not in kept
    # A token of other keys would spoil ours, and an endpoint would lead past the proxy.
    clean = environment(AWS_SESSION_TOKEN="old", AWS_ENDPOINT_URL_MTURK="http://127.0.0.1:9")
    assert not {"AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_MTURK"} & set(clean)


@pytest.mark.parametrize(
    "covering", ["*", ".amazonaws.com", "amazonaws.com", "*.us-east-1.amazonaws.com:443"]
)
def test_what_keeps_proxies_away_from_amazon_is_left_out(covering: str):
    said = environment(no_proxy=f"lab.example, {covering}")["NO_PROXY"].split(",")
    assert said == ["lab.example", "localhost", "127.0.0.1", "::1"]


def test_the_secret_is_not_shown():
    assert "secret" not in repr(KEYS)


@pytest.fixture
def listening(tmp_path: Path):
    context, certificate = authority.found(tmp_path)
    assert list(tmp_path.iterdir()) == []
    bundle = tmp_path / "bundle.pem"
    bundle.write_text(certificate)
    with proxy.listening(Endpoint("http://127.0.0.1:9", None, str(bundle)), context) as one:
        yield one, bundle


def connected(one: Proxy, to: str) -> tuple[socket.socket, bytes]:
    there = socket.create_connection(("127.0.0.1", one.server_port))
    there.sendall(f"CONNECT {to} HTTP/1.1\r\nHost: {to}\r\n\r\n".encode())
    answer = b""
    while not answer.endswith(b"\r\n\r\n") and (byte := there.recv(1)):
        answer += byte
    return there, answer


def test_other_hosts_are_reached_by_an_ordinary_tunnel(listening, monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def echo() -> None:
            there, _ = listener.accept()
            with there:
                while data := there.recv(100):
                    there.sendall(data)

        thread = threading.Thread(target=echo)
        thread.start()
        client, answer = connected(listening[0], f"127.0.0.1:{listener.getsockname()[1]}")
        with client:
            assert answer.startswith(b"HTTP/1.1 200 ")
            client.sendall(b"as it is")
            client.shutdown(socket.SHUT_WR)
            assert b"".join(iter(lambda: client.recv(100), b"")) == b"as it is"
        thread.join()
    assert not listening[0].seen


def test_the_certificate_is_for_amazons_two_names_and_no_others(listening):
    trusting = ssl.create_default_context(cafile=str(listening[1]))
    for host in authority.AMAZON_HOSTS:
        client, _ = connected(listening[0], f"{host}:443")
        with trusting.wrap_socket(client, server_hostname=host) as inside:
            assert inside.version() == "TLSv1.3"
    client, _ = connected(listening[0], f"{host}:443")
    with pytest.raises(ssl.SSLCertVerificationError), client:
        trusting.wrap_socket(client, server_hostname="s3.us-east-1.amazonaws.com")


@pytest.mark.parametrize("to", ["nowhere", ":443", "127.0.0.1:x", "127.0.0.1:99999999"])
def test_nonsense_is_refused_politely(listening, to: str):
    client, answer = connected(listening[0], to)
    with client:
        assert answer.split()[1] in {b"400", b"502"}
