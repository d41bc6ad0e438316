"""The client for asyncio. The standard library has no HTTP client for it, so every call runs in a thread of its own pool.

Its types, method for method, stand in aio.pyi, which scripts/write_aio_stub.py makes from the sync client.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
from concurrent.futures import ThreadPoolExecutor
from typing import Any, AsyncIterator, Callable, Generic, Iterator, List, Optional, TypeVar

from .client import QBitFlow
from .page import Page
from .status_watch import StatusWatch

T = TypeVar("T")

Run = Callable[[Callable[[], Any]], Any]
_END = object()


class AsyncPage(Generic[T]):
    """One page of a list; `async for` goes on over all further pages, fetched as they are needed."""

    def __init__(self, page: Page[T], run: Run) -> None:
        self._page = page
        self._run = run
        self.items: List[T] = page.items
        #: Opaque; None on the last page.
        self.next_cursor: Optional[str] = page.next_cursor

    @property
    def has_next(self) -> bool:
        return self._page.has_next

    async def next(self) -> Optional[AsyncPage[T]]:
        """The page after this one; None after the last."""
        page = await self._run(self._page.next)
        return None if page is None else AsyncPage(page, self._run)

    async def __aiter__(self) -> AsyncIterator[T]:
        page: Optional[AsyncPage[T]] = self
        while page is not None:
            for item in page.items:
                yield item
            page = await page.next()


class AsyncQBitFlow:
    """QBitFlow, awaited. A call that is cancelled ends for you at once; its request ends in its thread."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._use(QBitFlow(*args, **options), ThreadPoolExecutor(64, thread_name_prefix="qbitflow"))

    @classmethod
    def from_env(cls, **options: Any) -> AsyncQBitFlow:
        client = object.__new__(cls)
        client._use(QBitFlow.from_env(**options), ThreadPoolExecutor(64, thread_name_prefix="qbitflow"))
        return client

    def with_options(self, **options: Any) -> AsyncQBitFlow:
        client = object.__new__(type(self))
        client._use(self._sync.with_options(**options), self._threads)
        return client

    async def aclose(self) -> None:
        """Ends the threads that wait for work. The client cannot be used any more."""
        self._threads.shutdown(wait=False)

    async def __aenter__(self) -> AsyncQBitFlow:
        return self

    async def __aexit__(self, *_reason: object) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"Async{self._sync!r}"

    def _use(self, sync: QBitFlow, threads: ThreadPoolExecutor) -> None:
        self._sync = sync
        self._threads = threads
        for name, resource in vars(sync).items():
            if not name.startswith("_"):
                setattr(self, name, _AsyncResource(resource, self._run))

    async def _run(self, work: Callable[[], Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


class _AsyncResource:
    """The methods of one resource: awaited, or to be iterated with `async for`; what sends nothing stays as it is."""

    def __init__(self, resource: Any, run: Run) -> None:
        for name, method in inspect.getmembers(resource, inspect.ismethod):
            if not name.startswith("_"):
                setattr(self, name, _awaited(method, run))


def kind_of(method: Callable[..., Any]) -> str:
    """`local`, `iterated` or `awaited`: how the async client has a method of the sync one."""
    if getattr(method, "is_local", False):
        return "local"
    answer = str(inspect.signature(method).return_annotation)
    return "iterated" if answer.startswith(("Iterator[", "StatusWatch")) else "awaited"


def _awaited(method: Callable[..., Any], run: Run) -> Callable[..., Any]:
    kind = kind_of(method)
    if kind == "local":
        return method

    @functools.wraps(method)
    async def awaited(*args: Any, **options: Any) -> Any:
        answer = await run(functools.partial(method, *args, **options))
        return AsyncPage(answer, run) if isinstance(answer, Page) else answer

    @functools.wraps(method)
    def iterated(*args: Any, **options: Any) -> AsyncIterator[Any]:
        return _each(method(*args, **options), run)

    return awaited if kind == "awaited" else iterated


async def _each(items: Iterator[Any], run: Run) -> AsyncIterator[Any]:
    try:
        while True:
            item = await run(functools.partial(next, items, _END))
            if item is _END:
                return
            yield item
    finally:
        # Its thread may be waiting for the next status: closing wakes it.
        if isinstance(items, StatusWatch):
            items.close()
