"""Prints what the SDK promises as JSON, by the names of the wire: types, arguments of what creates and changes, methods.

A test holds it against the API's schemas and the TypeScript SDK.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
from datetime import datetime
from decimal import Decimal
from typing import Any, Dict, List, Literal, Union, get_args, get_origin, get_type_hints

from qbitflow import QBitFlow, types
from qbitflow.wire import wire_name

#: Of the client alone, never on the wire.
BESIDES = {"self", "idempotency_key"}


def described(kind: Any) -> Dict[str, Any]:
    """`type`, and `enum` or `items` where there are such."""
    origin, args = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"type": "enum", "enum": list(args)}
    if origin is list:
        return {"type": "array", "items": described(args[0])}
    if dataclasses.is_dataclass(kind):
        return {"type": "object", "name": kind.__name__}
    names = {str: "string", int: "integer", bool: "boolean", Decimal: "number", datetime: "date-time", dict: "object"}
    return {"type": names.get(origin or kind, "any")}


def fields_of(hints: Dict[str, Any], optional: List[str]) -> Dict[str, Any]:
    fields = {}
    for name, kind in hints.items():
        may_be_absent = get_origin(kind) is Union and type(None) in get_args(kind)
        inner = get_args(kind)[0] if may_be_absent and len(get_args(kind)) == 2 else kind
        fields[wire_name(name)] = {"required": not may_be_absent and name not in optional, **described(inner)}
    return fields


def arguments_of(method: Any) -> Dict[str, Any]:
    module = inspect.getmodule(method)
    hints = get_type_hints(method, vars(module))
    parameters = inspect.signature(method).parameters
    wanted = {name: hints[name] for name in parameters if name not in BESIDES}
    return fields_of(wanted, [name for name, parameter in parameters.items() if parameter.default is not parameter.empty])


def description() -> Dict[str, Any]:
    client = QBitFlow("sk_1_test_x", "http://localhost")
    resources = {name: value for name, value in vars(client).items() if not name.startswith("_")}
    methods = {
        f"{name}.{method_name}": method
        for name, resource in resources.items()
        for method_name, method in inspect.getmembers(resource, inspect.ismethod)
        if not method_name.startswith("_")
    }
    named = {name: getattr(types, name) for name in types.__all__}
    return {
        "types": {
            name: fields_of(get_type_hints(kind), []) for name, kind in named.items() if dataclasses.is_dataclass(kind)
        },
        "enums": {name: list(get_args(kind)) for name, kind in named.items() if get_origin(kind) is Literal},
        "arguments": {
            name: arguments_of(method)
            for name, method in methods.items()
            if name.split(".")[1] in ("create", "create_session", "update")
        },
        "methods": sorted(methods),
    }


if __name__ == "__main__":
    print(json.dumps(description()))
