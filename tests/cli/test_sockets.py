import socket

import pytest

from kempelen.cli.serving import sockets
from kempelen.config.data_folder import Unusable

pytestmark = pytest.mark.once


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_port_that_another_program_has_as_localhost_is_named(host):
    with socket.socket(socket.AF_INET6) as other:
        other.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        try:
            other.bind(("::1", 0))
        except OSError:
            return  # no IPv6 here, and so nobody whom a browser could take for us
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(Unusable, match=f"Port {port} on ::1 is taken by another program"):
            sockets.listen(host, port, 1)


def test_a_port_that_nobody_has_is_listened_on():
    listening = sockets.listen("127.0.0.1", 0, 1)[0]

    with listening, socket.create_connection(sockets.address_of(listening)):
        pass
