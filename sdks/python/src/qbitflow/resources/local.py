"""Marks methods that send nothing: the async client has them as they are."""

from __future__ import annotations

from typing import Any, Callable, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


def local(method: F) -> F:
    method.__dict__["is_local"] = True
    return method
