"""Lists: a page at a time, or all items one after the other."""

from __future__ import annotations

from typing import Callable, Generic, Iterator, List, Optional, TypeVar

from .errors import QBitFlowError

T = TypeVar("T")


class Page(Generic[T]):
    """One page of a list; iterating it goes on over all further pages, fetched as they are needed."""

    def __init__(self, items: List[T], next_cursor: Optional[str], fetch: Callable[[str], Page[T]]) -> None:
        self.items = items
        #: Opaque; None on the last page.
        self.next_cursor = next_cursor
        self._fetch = fetch

    @property
    def has_next(self) -> bool:
        return self.next_cursor is not None

    def next(self) -> Optional[Page[T]]:
        """The page after this one; None after the last."""
        if self.next_cursor is None:
            return None
        page = self._fetch(self.next_cursor)
        if page.next_cursor == self.next_cursor:
            # Without this, a server that repeats itself would keep the caller's loop running for ever.
            message = "The server answered a list with the same cursor twice. Start again from the first page."
            raise QBitFlowError(message, code="cursor_repeated")
        return page

    def __iter__(self) -> Iterator[T]:
        page: Optional[Page[T]] = self
        while page is not None:
            yield from page.items
            page = page.next()

    def __repr__(self) -> str:
        return f"Page({len(self.items)} items, next_cursor={self.next_cursor!r})"
