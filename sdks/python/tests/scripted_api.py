"""A real HTTP server that answers what a test tells it, in order; the last step stays."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import struct
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, Dict, List, Optional, Union

from qbitflow import QBitFlow

API_KEY = "sk_1_test_VerySecretPart"


@dataclass
class Seen:
    method: str
    #: With the query.
    url: str
    #: By lower-case names.
    headers: Dict[str, str]
    body: Any


@dataclass
class Answer:
    body: Any = None
    status: int = 200
    text: Optional[str] = None
    headers: Dict[str, str] = field(default_factory=dict)


#: An answer, or something only a real socket can do.
Step = Union[Answer, Callable[[BaseHTTPRequestHandler], None]]


def problem(status: int, code: str, error: str, headers: Optional[Dict[str, str]] = None) -> Answer:
    """An error as API v1 answers it."""
    body = {"error": error, "code": code, "status": status, "requestId": "req_1"}
    return Answer(body, status, headers=headers or {})


def cut(handler: BaseHTTPRequestHandler) -> None:
    """Cuts the connection without an answer."""
    handler.connection.shutdown(socket.SHUT_RDWR)


class ScriptedApi:
    def __init__(self) -> None:
        self.seen: List[Seen] = []
        self.released = threading.Event()
        self._scripts: Dict[str, List[Step]] = {}
        api = self

        class Handler(BaseHTTPRequestHandler):
            def handle_one_request(self) -> None:
                self.close_connection = True
                self.raw_requestline = self.rfile.readline(65_537)
                if self.raw_requestline and self.parse_request():
                    api._answer(self)

            def log_message(self, *_args: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, *_args: Any) -> None:
                """A client that left is no failure here; what a test expects, it asserts."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def on(self, route: str, *steps: Step) -> ScriptedApi:
        """`on("GET /v1/product/", Answer([]))`"""
        self._scripts[route] = list(steps)
        return self

    def count(self, route: str) -> int:
        return sum(f"{seen.method} {seen.url.split('?')[0]}" == route for seen in self.seen)

    def hang(self, _handler: BaseHTTPRequestHandler) -> None:
        """Takes the request and never answers."""
        self.released.wait()

    def client(self, **options: Any) -> QBitFlow:
        return QBitFlow(API_KEY, self.url, **{"retry_delay": 0.001, **options})

    def stop(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("content-length") or 0)
        text = handler.rfile.read(length)
        headers = {name.lower(): value for name, value in handler.headers.items()}
        self.seen.append(Seen(handler.command, handler.path, headers, json.loads(text) if text else None))
        steps = self._scripts.get(f"{handler.command} {handler.path.split('?')[0]}", [])
        step = steps.pop(0) if len(steps) > 1 else (steps or [problem(404, "not_found", "There is no such route.")])[0]
        if not isinstance(step, Answer):
            step(handler)
            return
        body = (json.dumps(step.body) if step.text is None else step.text).encode()
        handler.send_response(step.status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **step.headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)


class Talk:
    """The server's side of a WebSocket, for as long as a test wants it."""

    def __init__(self, handler: BaseHTTPRequestHandler) -> None:
        self._handler = handler
        key = handler.headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        handler.send_response(101)
        handler.send_header("Upgrade", "websocket")
        handler.send_header("Connection", "Upgrade")
        handler.send_header("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key.encode()).digest()).decode())
        handler.end_headers()

    def frame(self, opcode: int, payload: bytes, final: bool = True) -> None:
        size = len(payload)
        length = bytes([size]) if size < 126 else b"\x7e" + struct.pack("!H", size)
        self._handler.wfile.write(bytes([(0x80 if final else 0) | opcode]) + length + payload)

    def statuses(self, *statuses: Dict[str, Any]) -> None:
        for status in statuses:
            self.frame(0x1, json.dumps({"transactionUUID": "u1", "status": status}).encode())

    def close(self, code: int = 1000) -> None:
        self.frame(0x8, struct.pack("!H", code))

    def received(self) -> bytes:
        """The payload of the next frame, unmasked."""
        _first, second = self._handler.rfile.read(2)
        mask = self._handler.rfile.read(4)
        payload = self._handler.rfile.read(second & 0x7F)
        return bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))
