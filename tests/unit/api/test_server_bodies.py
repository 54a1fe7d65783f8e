"""Bodies far beyond what is read, over real connections: refused early."""

import socket

import pytest

from tests.servers.web import serving

HEAD = (
    b"POST /v1/timelines/huge/articles HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/json\r\n"
)
MEGABYTE = b"%x\r\n%s\r\n" % (1_000_000, b" " * 1_000_000)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("data")) as running:
        yield running


def test_fifty_megabytes_are_refused_without_being_read(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(HEAD + b"Content-Length: 50000000\r\n\r\n")
        # Nothing of the body was sent: the answer does not wait for it.
        assert connection.recv(12) == b"HTTP/1.1 413"


def test_fifty_megabytes_of_chunks_are_refused_on_their_way(server):
    sent = 0
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        try:
            while sent < 50:
                connection.sendall(MEGABYTE)
                sent += 1
        except OSError:
            assert sent >= 10
    assert sent < 50
    assert server.ask("GET", "/healthz")[0] == 200
