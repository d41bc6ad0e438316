"""One HTTP exchange over the standard library: no redirects, no shared connections, an end to all waiting."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from dataclasses import dataclass
from typing import Dict, Mapping, Optional
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Request:
    method: str
    url: str
    headers: Mapping[str, str]
    body: Optional[bytes]


@dataclass(frozen=True)
class Response:
    status: int
    #: By lower-case names; of a repeated one the last.
    headers: Dict[str, str]
    body: bytes


def exchange(request: Request, timeout: float) -> Response:
    """Sends it and reads the whole answer within `timeout` seconds; raises socket.timeout, OSError or HTTPException."""
    deadline = time.monotonic() + timeout
    connection = _connection_to(request.url, timeout)
    try:
        connection.connect()
        sock = connection.sock
        sock.settimeout(_left(deadline))
        url = urlsplit(request.url)
        target = url.path + (f"?{url.query}" if url.query else "")
        connection.request(request.method, target, body=request.body, headers=dict(request.headers))
        sock.settimeout(_left(deadline))
        answer = connection.getresponse()
        body = _read(answer, sock, deadline)
        return Response(answer.status, {name.lower(): value for name, value in answer.getheaders()}, body)
    finally:
        connection.close()


def _connection_to(url: str, timeout: float) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "https":
        return http.client.HTTPSConnection(host, parts.port, timeout=timeout, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, parts.port, timeout=timeout)


def _read(answer: http.client.HTTPResponse, sock: socket.socket, deadline: float) -> bytes:
    chunks = []
    while not answer.isclosed():
        sock.settimeout(_left(deadline))
        chunk = answer.read1(65_536)
        if chunk == b"":
            break
        chunks.append(chunk)
    # read1 does not complain of a body that ends early.
    if answer.length:
        raise http.client.IncompleteRead(b"".join(chunks), answer.length)
    return b"".join(chunks)


def _left(deadline: float) -> float:
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise socket.timeout("timed out")
    return seconds
