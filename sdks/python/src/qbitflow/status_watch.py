"""Following a status: over a WebSocket, and by polling where that keeps failing."""

from __future__ import annotations

import json
import threading
import time
from decimal import Decimal
from typing import Callable, Generator, Iterator, Optional

from .errors import QBitFlowError
from .retry import backoff_s, is_retryable
from .transport import Transport
from .types import TransactionStatus
from .websocket import WebSocket, WebSocketFailure, WebSocketRefused
from .wire import UnreadableAnswer, decode

_MOST_SOCKET_FAILURES = 3
#: A connection that lasted this long worked: its end does not count towards giving up on WebSockets.
_LONG_LIVED_S = 10.0
#: Without a frame for so long a connection is taken for dead: a half-open one never says so itself.
_SILENCE_S = 60.0
_MOST_POLL_FAILURES = 10


class StatusWatch(Iterator[TransactionStatus]):
    """The present status, then each change, ending after a final one. `close` may be called from any thread."""

    def __init__(
        self, transport: Transport, socket_url: str, look: Callable[[], TransactionStatus], poll_interval: float
    ) -> None:
        self._transport = transport
        self._socket_url = socket_url
        self._look = look
        self._poll_interval = poll_interval
        self._closed = threading.Event()
        self._socket: Optional[WebSocket] = None
        self._last: Optional[TransactionStatus] = None
        self._statuses = self._follow()

    def __iter__(self) -> StatusWatch:
        return self

    def __next__(self) -> TransactionStatus:
        while not self._closed.is_set() and not (self._last is not None and self._last.is_final):
            status = next(self._statuses, None)
            if status is None:
                break
            if status != self._last:
                self._last = status
                return status
        self._closed.set()
        self._statuses.close()
        raise StopIteration

    def __enter__(self) -> StatusWatch:
        return self

    def __exit__(self, *_reason: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends it; whoever waits for the next status sees the end of the iteration."""
        self._closed.set()
        socket = self._socket
        if socket is not None:
            socket.abort()

    def _follow(self) -> Generator[TransactionStatus, None, None]:
        """Statuses, repeats included, until the caller leaves or it is closed."""
        failures = 0
        while failures < _MOST_SOCKET_FAILURES and not self._closed.is_set():
            started = time.monotonic()
            try:
                yield from self._over_socket()
            except WebSocketRefused as refused:
                # A refusal stays one: polling asks once more and gives the caller the reason in full.
                if refused.status < 500 and refused.status not in (408, 429):
                    break
            except WebSocketFailure:
                pass
            failures = 0 if time.monotonic() - started > _LONG_LIVED_S else failures + 1
            self._closed.wait(backoff_s(failures, 0.2))
        yield from self._by_polling()

    def _over_socket(self) -> Generator[TransactionStatus, None, None]:
        config = self._transport.config
        socket = WebSocket(self._socket_url, {"X-API-Key": config.api_key}, config.timeout)
        self._socket = socket
        try:
            while not self._closed.is_set():
                text = socket.receive(_SILENCE_S)
                if text is None:
                    return
                yield _status_of(text)
        finally:
            self._socket = None
            socket.close()

    def _by_polling(self) -> Generator[TransactionStatus, None, None]:
        failures = 0
        while not self._closed.is_set():
            try:
                yield self._look()
                failures = 0
            except QBitFlowError as error:
                failures += 1
                if not is_retryable(error, "always") or failures > _MOST_POLL_FAILURES:
                    raise
            self._closed.wait(self._poll_interval)


def _status_of(text: str) -> TransactionStatus:
    """A status frame has an object as its status; an error frame a number, and a sentence as its error."""
    try:
        frame = json.loads(text, parse_float=Decimal)
        if isinstance(frame, dict) and isinstance(frame.get("status"), dict):
            return decode(TransactionStatus, frame["status"])
    except (ValueError, RecursionError, UnreadableAnswer):
        raise WebSocketFailure("it sent something that is no status") from None
    status = frame.get("status") if isinstance(frame, dict) else None
    if isinstance(status, int):
        raise WebSocketRefused(status)
    raise WebSocketFailure("it sent something that is no status")
