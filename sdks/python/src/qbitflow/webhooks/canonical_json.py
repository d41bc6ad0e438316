"""The text that `X-Webhook-Signature-256` is made over."""

from __future__ import annotations

import json
import math
import re
from decimal import Decimal
from typing import Any

_DEEPEST = 64
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile("[<>&\u2028\u2029]")


def canonical_json(value: Any) -> str:
    """Keys sorted by their UTF-8 bytes at every level, no white space, numbers as ECMAScript prints them, `<` `>` `&`
    U+2028 U+2029 escaped, all other text literal.

    Raises ValueError or TypeError for what has no such form: control characters other than tab and line ends, lone
    surrogates, numbers that are not finite, values that are not JSON, nesting deeper than 64.
    """
    return _print(value, 0)


def parse_json(text: str) -> Any:
    """JSON as ECMAScript reads it: NaN and Infinity are none."""

    def refuse(name: str) -> Any:
        raise ValueError(f"{name} is not JSON.")

    try:
        return json.loads(text, parse_constant=refuse)
    except RecursionError:
        raise ValueError(f"JSON nested deeper than {_DEEPEST} is refused.") from None


def _print(value: Any, depth: int) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (int, float, Decimal)):
        return _number(value)
    if isinstance(value, (list, tuple, dict)):
        return _nested(value, depth + 1)
    raise TypeError(f"A {type(value).__name__} has no JSON form.")


def _nested(value: Any, depth: int) -> str:
    if depth > _DEEPEST:
        raise ValueError(f"JSON nested deeper than {_DEEPEST} is refused.")
    if not isinstance(value, dict):
        return f"[{','.join(_print(item, depth) for item in value)}]"
    # Python orders text by code point, which is the order of its UTF-8 bytes.
    members = (f"{_text(key)}:{_print(value[key], depth)}" for key in sorted(value))
    return "{" + ",".join(members) + "}"


def _text(text: Any) -> str:
    if not isinstance(text, str):
        raise TypeError("A key of a JSON object is text.")
    if _REFUSED.search(text):
        raise ValueError("Control characters are refused.")
    if _SURROGATE.search(text):
        raise ValueError("Lone surrogates are refused.")
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _number(value: Any) -> str:
    """Number::toString of ECMA-262: the shortest digits that read back as the same double."""
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError("A number that is not finite has no JSON form.")
    if number == 0:
        return "0"
    sign, digit_list, exponent = Decimal(repr(number)).normalize().as_tuple()
    digits = "".join(map(str, digit_list))
    count, point = len(digits), len(digits) + int(exponent)
    if count <= point <= 21:
        text = digits + "0" * (point - count)
    elif 0 < point <= 21:
        text = f"{digits[:point]}.{digits[point:]}"
    elif -6 < point <= 0:
        text = f"0.{'0' * -point}{digits}"
    else:
        fraction = f".{digits[1:]}" if count > 1 else ""
        text = f"{digits[0]}{fraction}e{point - 1:+d}"
    return f"-{text}" if sign else text
