from __future__ import annotations

import time
from typing import Optional

from ..config import check_range
from ..errors import QBitFlowError, invalid_option
from ..transport import Call, Transport
from ..types import Clock, Duration, Time


class TestClock:
    """The test clock of a local server: tests a year of bills in seconds."""

    #: Not a test, whatever pytest makes of the name.
    __test__ = False

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self) -> Clock:
        return self._transport.get(Clock, "/clock")

    def advance(
        self, by: Optional[Duration] = None, *, to: Optional[Time] = None, poll_interval: float = 0.2
    ) -> Clock:
        """Moves the server's time forward, by a Duration or to a time, and returns when it is there and everything on
        the way has happened. `poll_interval` is the seconds between two looks.

        ConflictError `clock_not_local` where time cannot be moved, `clock_moving` while it is; QBitFlowError
        `clock_stopped` where it could not go on, with the reason.
        """
        check_range("poll_interval", poll_interval, lowest=0.01, highest=60)
        if (by is None) == (to is None):
            raise invalid_option("by", "Pass a Duration, or to=, and not both.")
        body = {"to": to} if by is None else {"value": by.value, "unit": by.unit}
        clock = self._transport.call(Clock, Call("POST", "/clock/advance", body=body))
        while clock.moving:
            time.sleep(poll_interval)
            clock = self.get()
        if clock.stopped_because is not None:
            raise QBitFlowError(clock.stopped_because, code="clock_stopped")
        return clock
