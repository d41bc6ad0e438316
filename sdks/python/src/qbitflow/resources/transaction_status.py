from __future__ import annotations

import threading
from typing import Optional

from ..config import check_range
from ..errors import QBitFlowError, TimedOutError
from ..status_watch import StatusWatch
from ..transport import Transport, path_part
from ..types import TransactionStatus, TransactionTypeQuery


class TransactionStatuses:
    """Where a payment stands, now or as it goes on."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, uuid: str, type: TransactionTypeQuery = "payment") -> TransactionStatus:
        """The present status. `uuid` is the session's."""
        path_part("uuid", uuid)
        query = {"transactionUUID": uuid, "transactionStatusType": type}
        return self._transport.get(TransactionStatus, "/transaction/status", query)

    def watch(
        self, uuid: str, type: TransactionTypeQuery = "payment", *, poll_interval: float = 2.0
    ) -> StatusWatch:
        """The present status at once, then each change, ending after a final one.

        Over a WebSocket, which is opened again when it breaks; by polling every `poll_interval` seconds where it keeps
        failing.
        """
        path_part("uuid", uuid)
        check_range("poll_interval", poll_interval, lowest=0.01, highest=3600)
        query = {"transactionUUID": uuid, "transactionStatusType": type}
        url = self._transport.socket_url("/transaction/status/ws", query)
        return StatusWatch(self._transport, url, lambda: self.get(uuid, type), poll_interval)

    def wait_for(
        self,
        uuid: str,
        type: TransactionTypeQuery = "payment",
        *,
        timeout: Optional[float] = None,
        poll_interval: float = 2.0,
    ) -> TransactionStatus:
        """The final status, whichever it is; TimedOutError when it does not come within `timeout` seconds."""
        if timeout is not None:
            check_range("timeout", timeout, lowest=0.001, highest=threading.TIMEOUT_MAX)
        watch = self.watch(uuid, type, poll_interval=poll_interval)
        timed_out = threading.Event()

        def end() -> None:
            timed_out.set()
            watch.close()

        timer = None if timeout is None else threading.Timer(timeout, end)
        if timer is not None:
            timer.daemon = True
            timer.start()
        try:
            for status in watch:
                if status.is_final:
                    return status
        finally:
            if timer is not None:
                timer.cancel()
            watch.close()
        if timed_out.is_set():
            message = f"The transaction was not final within {timeout:g} s. It may still be: look again later, or rely on the webhook."
            raise TimedOutError(message, code="timeout")
        raise QBitFlowError("The status ended without a final one. Look again with get.", code="status_ended")
