from __future__ import annotations

from typing import Iterator, Optional

from ..page import Page
from ..transport import Transport
from ..types import LoggedEvent


class Events:
    """The event log of the key's mode, newest first: what webhooks tell, and what changes no status."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> Page[LoggedEvent]:
        """A page of 1 to 100; iterating it goes on over all events."""
        return self._transport.get_page(LoggedEvent, "/events", {"limit": limit, "cursor": cursor})

    def iterate(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> Iterator[LoggedEvent]:
        """Every event, page by page."""
        yield from self.list(limit=limit, cursor=cursor)
