"""A small WebSocket client (RFC 6455): it reads text frames, answers pings, and can be closed from another thread."""

from __future__ import annotations

import base64
import hashlib
import os
import socket
import ssl
import struct
from typing import Mapping, Optional, Tuple
from urllib.parse import urlsplit

_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_CONTINUATION, _TEXT, _CLOSE, _PING, _PONG = 0x0, 0x1, 0x8, 0x9, 0xA
_LONGEST_MESSAGE = 1024 * 1024
_LONGEST_HEAD = 65_536


class WebSocketFailure(Exception):
    """It could not be opened, broke, or spoke something else."""


class WebSocketRefused(WebSocketFailure):
    """The server answered the handshake with something else than a switch of protocols."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the handshake was answered with {status}")
        self.status = status


class WebSocket:
    """One connection. `receive` belongs to one thread; `abort` may be called from any."""

    def __init__(self, url: str, headers: Mapping[str, str], timeout: float) -> None:
        """Connects and shakes hands within `timeout` seconds per step."""
        parts = urlsplit(url)
        secure = parts.scheme == "wss"
        host, port = parts.hostname or "", parts.port or (443 if secure else 80)
        try:
            sock = socket.create_connection((host, port), timeout)
            if secure:
                sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        except OSError as cause:
            raise WebSocketFailure(str(cause)) from cause
        self._socket = sock
        self._buffer = b""
        try:
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            self._shake_hands(target, parts.netloc, headers)
        except BaseException:
            sock.close()
            raise

    def receive(self, timeout: float) -> Optional[str]:
        """The next text; None when the server closed normally. WebSocketFailure after `timeout` seconds of silence."""
        self._socket.settimeout(timeout)
        message = b""
        kind = None
        while True:
            final, opcode, payload = self._frame()
            if opcode == _PING:
                self._send(_PONG, payload)
            elif opcode == _CLOSE:
                return self._closed(payload)
            elif opcode != _PONG:
                kind = opcode if kind is None else kind
                message += payload
                if len(message) > _LONGEST_MESSAGE:
                    raise WebSocketFailure("a message is too long")
                if final and kind == _TEXT:
                    return message.decode("utf-8", "replace")
                if final:
                    message, kind = b"", None

    def abort(self) -> None:
        """Ends it at once; a `receive` that waits fails."""
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._socket.close()

    def close(self) -> None:
        """Says goodbye and ends it."""
        try:
            self._send(_CLOSE, struct.pack("!H", 1000))
        except WebSocketFailure:
            pass
        self.abort()

    def _shake_hands(self, target: str, host: str, headers: Mapping[str, str]) -> None:
        key = base64.b64encode(os.urandom(16)).decode("ascii")
        lines = [
            f"GET {target} HTTP/1.1",
            f"Host: {host}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        self._send_bytes("\r\n".join([*lines, "", ""]).encode("latin-1"))
        while b"\r\n\r\n" not in self._buffer:
            if len(self._buffer) > _LONGEST_HEAD:
                raise WebSocketFailure("the handshake's answer is too long")
            self._read_more()
        head, self._buffer = self._buffer.split(b"\r\n\r\n", 1)
        status_line, *answered = head.decode("latin-1").split("\r\n")
        status = status_line.split(" ")[1:2]
        if status != ["101"]:
            raise WebSocketRefused(int(status[0]) if status and status[0].isdigit() else 0)
        accept = base64.b64encode(hashlib.sha1((key + _GUID).encode("ascii")).digest()).decode("ascii")
        pairs = (line.split(":", 1) for line in answered if ":" in line)
        if {name.strip().lower(): value.strip() for name, value in pairs}.get("sec-websocket-accept") != accept:
            raise WebSocketFailure("the handshake's answer does not fit")

    def _frame(self) -> Tuple[bool, int, bytes]:
        first, second = self._read(2)
        length = second & 0x7F
        if length == 126:
            (length,) = struct.unpack("!H", self._read(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", self._read(8))
        if second & 0x80 or first & 0x70 or length > _LONGEST_MESSAGE:
            raise WebSocketFailure("a frame is not as the protocol has it")
        return bool(first & 0x80), first & 0x0F, self._read(length)

    def _closed(self, payload: bytes) -> None:
        code = struct.unpack("!H", payload[:2])[0] if len(payload) >= 2 else 1005
        try:
            self._send(_CLOSE, payload[:2])
        except WebSocketFailure:
            pass
        if code != 1000:
            raise WebSocketFailure(f"closed early ({code})")

    def _read(self, count: int) -> bytes:
        while len(self._buffer) < count:
            self._read_more()
        taken, self._buffer = self._buffer[:count], self._buffer[count:]
        return taken

    def _read_more(self) -> None:
        try:
            chunk = self._socket.recv(65_536)
        except socket.timeout as cause:
            raise WebSocketFailure("it went silent") from cause
        except OSError as cause:
            raise WebSocketFailure(str(cause)) from cause
        if chunk == b"":
            raise WebSocketFailure("the connection broke")
        self._buffer += chunk

    def _send(self, opcode: int, payload: bytes) -> None:
        # Clients mask what they send (5.3); control frames have at most 125 bytes.
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload[:125]))
        self._send_bytes(bytes([0x80 | opcode, 0x80 | len(masked)]) + mask + masked)

    def _send_bytes(self, data: bytes) -> None:
        try:
            self._socket.sendall(data)
        except OSError as cause:
            raise WebSocketFailure(str(cause)) from cause
