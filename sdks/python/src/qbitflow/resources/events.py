from __future__ import annotations

from typing import Iterator, Optional

from ..page import Page
from ..transport import Transport
from ..types import LoggedEvent


class Events:
    """The event log of the key's mode, newest first: what webhooks tell, and what changes no status."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
        type: Optional[str] = None,
        uuid: Optional[str] = None,
    ) -> Page[LoggedEvent]:
        """A page of 1 to 100, of one type or of one session where that is given; iterating it goes on over all events."""
        query = {"limit": limit, "cursor": cursor, "type": type, "uuid": uuid}
        return self._transport.get_page(LoggedEvent, "/events", query)

    def iterate(
        self,
        *,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
        type: Optional[str] = None,
        uuid: Optional[str] = None,
    ) -> Iterator[LoggedEvent]:
        """Every event, page by page."""
        yield from self.list(limit=limit, cursor=cursor, type=type, uuid=uuid)
