"""Writes src/qbitflow/aio.pyi: the async client's types, method for method, from the sync client's signatures.

`python scripts/write_aio_stub.py` after a change of a resource; a test compares.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any, Iterator, List

from qbitflow import QBitFlow, types
from qbitflow.aio import kind_of

STUB = Path(__file__).parent.parent / "src" / "qbitflow" / "aio.pyi"

HEAD = '''# Made by scripts/write_aio_stub.py from the sync client: not to be changed by hand.
from typing import Any, AsyncIterator, Callable, Dict, Generic, Iterable, List, Literal, Mapping, Optional, TypeVar, Union

from .config import Secrets
from .resources.webhooks import ReceivedDelivery
from .types import (
{types}
)
from .webhooks.sign import SignedWebhook
from .webhooks.verify import WebhookHeaders, WebhookPayload

T = TypeVar("T")

class AsyncPage(Generic[T]):
    items: List[T]
    next_cursor: Optional[str]
    @property
    def has_next(self) -> bool: ...
    async def next(self) -> Optional[AsyncPage[T]]: ...
    def __aiter__(self) -> AsyncIterator[T]: ...
'''

FOOT = '''
class AsyncQBitFlow:
{resources}
    def __init__({init}) -> None: ...
    @classmethod
    def from_env({from_env}) -> AsyncQBitFlow: ...
    def with_options({with_options}) -> AsyncQBitFlow: ...
    async def aclose(self) -> None: ...
    async def __aenter__(self) -> AsyncQBitFlow: ...
    async def __aexit__(self, *_reason: object) -> None: ...

def kind_of(method: Callable[..., Any]) -> str: ...
'''


def stub_text() -> str:
    client = QBitFlow("sk_1_test_x", "http://localhost")
    resources = {name: value for name, value in vars(client).items() if not name.startswith("_")}
    classes = "".join(_class(type(resource).__name__, resource) for resource in resources.values())
    foot = FOOT.format(
        resources="\n".join(f"    {name}: Async{type(resource).__name__}" for name, resource in resources.items()),
        init=_parameters(QBitFlow.__init__),
        from_env=_parameters(QBitFlow.from_env, first="cls, "),
        with_options=_parameters(QBitFlow.with_options),
    )
    named = sorted(name for name in types.__all__ if re.search(rf"\b{name}\b", classes))
    return HEAD.format(types="\n".join(f"    {name}," for name in named)) + classes + foot


def _class(name: str, resource: Any) -> str:
    return f"\nclass Async{name}:\n" + "\n".join(_methods(resource)) + "\n"


def _methods(resource: Any) -> Iterator[str]:
    # As they stand in the code, what both kinds of subscription share after what is theirs.
    for kind in type(resource).__mro__:
        for name, function in vars(kind).items():
            if name.startswith("_") or not inspect.isfunction(function):
                continue
            answer = str(inspect.signature(function).return_annotation)
            if re.search(r"\bS\b", answer):
                answer = re.sub(r"\bS\b", resource._resource.__name__, answer)
            yield f"    {_head(kind_of(function), name)}({_parameters(function)}) -> {_answer(answer)}: ..."


def _head(kind: str, name: str) -> str:
    return f"async def {name}" if kind == "awaited" else f"def {name}"


def _answer(answer: str) -> str:
    if answer == "StatusWatch":
        return "AsyncIterator[TransactionStatus]"
    return re.sub(r"^(Iterator|Page)\[", r"Async\1[", answer)


def _parameters(function: Any, first: str = "") -> str:
    """With the annotations as they are written."""
    parts: List[str] = []
    keyword_only = False
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and not keyword_only:
            keyword_only = True
            parts.append("*")
        default = "" if parameter.default is parameter.empty else " = ..."
        typed = "" if parameter.annotation is parameter.empty else f": {parameter.annotation}"
        parts.append(f"{parameter.name}{typed}{default}")
    return first + ", ".join(parts)


if __name__ == "__main__":
    STUB.write_text(stub_text(), encoding="utf-8")
