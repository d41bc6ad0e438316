"""Makes the calls that standard input lists as JSON, with the Python SDK, and prints what the SDK promises as JSON, by the
names of the wire: what each method takes and answers, its types, its methods.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, Dict, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from qbitflow import Duration, Page, QBitFlow, UsageEvent, types
from qbitflow.wire import wire_name

#: Of the client alone, never on the wire.
BESIDES = {"self", "idempotency_key"}
SIMPLE = {str: "text", int: "integer", bool: "boolean", Decimal: "number", datetime: "time"}


def snake(name: str) -> str:
    return re.sub("[A-Z]+", lambda letters: f"_{letters[0].lower()}", name)


def shape_of(kind: Any, resource: Any = None) -> Dict[str, Any]:
    """As shape.ts has it."""
    origin, args = get_origin(kind), get_args(kind)
    if kind is types.Amount:
        return {"type": "number"}
    if kind is types.Time:
        return {"type": "time"}
    if isinstance(kind, TypeVar):
        return shape_of(resource._resource)
    if origin is Union:
        return shape_of(Union[tuple(arg for arg in args if arg is not type(None))], resource) if type(None) in args else {"type": "any"}
    if origin is Literal:
        return {"type": "enum", "values": sorted(str(arg) for arg in args)}
    if origin in (list, Page, Iterator):
        return {"type": "list", "items": shape_of(args[0], resource)}
    if origin is dict:
        return {"type": "map", "items": shape_of(args[1])}
    if dataclasses.is_dataclass(kind):
        return {"type": "object", "fields": fields_of(get_type_hints(kind))}
    return {"type": SIMPLE.get(kind, "any")}


def fields_of(hints: Dict[str, Any], optional: Any = ()) -> Dict[str, Any]:
    def is_required(name: str, kind: Any) -> bool:
        return not (get_origin(kind) is Union and type(None) in get_args(kind)) and name not in optional

    return {wire_name(name): {"required": is_required(name, kind), **shape_of(kind)} for name, kind in hints.items()}


def method_of(resource: Any, method: Any) -> Dict[str, Any]:
    hints = get_type_hints(method, vars(inspect.getmodule(method)))
    named = {
        name: parameter
        for name, parameter in inspect.signature(method).parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY and name not in BESIDES
    }
    optional = [name for name, parameter in named.items() if parameter.default is not parameter.empty]
    return {
        "takes": fields_of({name: hints[name] for name in named}, optional),
        "answers": shape_of(hints["return"], resource),
    }


def description(client: QBitFlow) -> Dict[str, Any]:
    resources = {name: value for name, value in vars(client).items() if not name.startswith("_")}
    kinds = {name: getattr(types, name) for name in types.__all__}
    return {
        "methods": {
            f"{name}.{method_name}": method_of(resource, method)
            for name, resource in resources.items()
            for method_name, method in inspect.getmembers(resource, inspect.ismethod)
            if not method_name.startswith("_")
        },
        "types": {name: shape_of(kind) for name, kind in kinds.items() if name != "WebhookEvent"},
    }


def argument_of(value: Any) -> Any:
    """An argument as one writes it in Python."""
    if isinstance(value, dict) and set(value) == {"value", "unit"}:
        return Duration(**value)
    if isinstance(value, list):
        return [UsageEvent(**named_of(event)) for event in value]
    return value


def named_of(given: Dict[str, Any]) -> Dict[str, Any]:
    return {snake(name): argument_of(value) for name, value in given.items()}


def is_named(value: Any) -> bool:
    """Objects are named arguments, but for durations and headers."""
    return isinstance(value, dict) and not isinstance(argument_of(value), Duration) and not any("-" in key for key in value)


def make(client: QBitFlow, method: str, given: Any) -> None:
    service, name = method.split(".")
    positional = [argument_of(value) for value in given if not is_named(value)]
    named = {name: value for each in given if is_named(each) for name, value in named_of(each).items()}
    answer = getattr(getattr(client, snake(service)), snake(name))(*positional, **named)
    if isinstance(answer, Iterator):
        list(answer)


def main() -> None:
    client = QBitFlow.from_env(max_retries=0)
    for call in json.load(sys.stdin):
        try:
            make(client, call["method"], call["given"])
        except Exception as error:
            raise SystemExit(f"{call['method']}: {type(error).__name__}: {error}")
    print(json.dumps(description(client)))


if __name__ == "__main__":
    main()
