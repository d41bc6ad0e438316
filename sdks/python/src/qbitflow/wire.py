"""Between JSON and the types: names, exact amounts and times. No amount is ever computed as a float."""

from __future__ import annotations

import dataclasses
import math
from datetime import datetime, timezone
from decimal import Decimal
from functools import lru_cache
from typing import Any, Dict, List, Literal, Mapping, Type, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from .errors import invalid_option

T = TypeVar("T")


class UnreadableAnswer(ValueError):
    """JSON that does not have the promised form; says where."""


def wire_name(name: str) -> str:
    """`customer_uuid` is `customerUUID` on the wire, `product_id` is `productId`, `from_` is `from`."""
    first, *others = name.rstrip("_").split("_")
    return first + "".join("UUID" if part == "uuid" else part.capitalize() for part in others)


def decode(kind: Type[T], value: Any) -> T:
    """The value as the type says, fields by their wire names; fields it does not know are passed over."""
    return cast(T, _decode(kind, value, ""))


@lru_cache(maxsize=None)
def _fields_of(kind: type) -> Dict[str, Any]:
    """Types by attribute, made readable once."""
    return get_type_hints(kind)


def _decode(kind: Any, value: Any, where: str) -> Any:
    if kind is Any:
        return value
    if dataclasses.is_dataclass(kind):
        return _decode_fields(cast(type, kind), value, where)
    origin, args = get_origin(kind), get_args(kind)
    if origin is Union:
        return None if value is None else _decode(args[0], value, where)
    if origin is list:
        return [_decode(args[0], item, f"{where}[{index}]") for index, item in enumerate(_of(list, value, where))]
    if origin is dict:
        return {key: _decode(args[1], item, f"{where}.{key}") for key, item in _of(dict, value, where).items()}
    if origin is Literal:
        # A name that a later server added is handed on.
        return _of(type(args[0]), value, where)
    if kind is Decimal:
        return _decimal(value, where)
    if kind is datetime:
        return _time(_of(str, value, where), where)
    return _of(kind, value, where)


def _decode_fields(kind: type, value: Any, where: str) -> Any:
    known = _of(dict, value, where)
    given = {
        name: _decode(field_kind, known.get(wire_name(name)), f"{where}.{wire_name(name)}")
        for name, field_kind in _fields_of(kind).items()
    }
    return kind(**given)


def _of(kind: type, value: Any, where: str) -> Any:
    if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
        return value
    raise UnreadableAnswer(f"{where.lstrip('.') or 'the answer'} is not of type {kind.__name__}")


def _decimal(value: Any, where: str) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    raise UnreadableAnswer(f"{where.lstrip('.')} is not a number")


def _time(text: str, where: str) -> datetime:
    try:
        # fromisoformat knows `Z` since Python 3.11 alone.
        return datetime.fromisoformat(text[:-1] + "+00:00" if text.endswith("Z") else text)
    except ValueError:
        raise UnreadableAnswer(f"{where.lstrip('.')} is not a time") from None


def body_of(values: Mapping[str, Any]) -> Dict[str, Any]:
    """A request's body from arguments by their Python names; None is left out. Raises ValidationError."""
    return {wire_name(name): encode(name, value) for name, value in values.items() if value is not None}


def encode(name: str, value: Any) -> Any:
    """A value as json.dumps writes it exactly."""
    if isinstance(value, Decimal):
        return _number(name, value)
    if isinstance(value, float) and not math.isfinite(value):
        raise invalid_option(name, f"{name} is not a finite number.")
    if isinstance(value, datetime):
        return _timestamp(name, value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return body_of({field.name: getattr(value, field.name) for field in dataclasses.fields(value)})
    if isinstance(value, Mapping):
        return {str(key): encode(name, item) for key, item in value.items() if item is not None}
    if isinstance(value, (list, tuple)):
        return [encode(name, item) for item in value]
    return value


def _number(name: str, value: Decimal) -> Union[int, float]:
    """Exactly the same number, or ValidationError: json.dumps writes a float by its shortest digits."""
    if value.is_finite():
        if value == value.to_integral_value() and abs(value) < 2**53:
            return int(value)
        number = float(value)
        if Decimal(repr(number)) == value:
            return number
    raise invalid_option(name, f"{name} has more digits than an amount can have.")


def _timestamp(name: str, value: datetime) -> str:
    if value.tzinfo is None:
        raise invalid_option(name, f"{name} has no time zone: use datetime.now(timezone.utc), or pass RFC 3339 text.")
    return value.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")


def list_of(kind: Type[T], value: Any) -> List[T]:
    """A bare array of the API."""
    return cast(List[T], _decode(List[kind], value, ""))  # type: ignore[valid-type]
