"""The typed error for an answer that is not 2xx."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Type

from .errors import (
    AuthenticationError,
    ConflictError,
    FieldError,
    GoneError,
    NotFoundError,
    PermissionDeniedError,
    QBitFlowError,
    RateLimitError,
    ServerError,
    ValidationError,
)
from .retry import retry_after_of

LONGEST_MESSAGE = 1000

_BY_STATUS: Dict[int, Type[QBitFlowError]] = {
    400: ValidationError,
    413: ValidationError,
    415: ValidationError,
    422: ValidationError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    410: GoneError,
    429: RateLimitError,
}


@dataclass(frozen=True)
class FailedResponse:
    """What an error needs of an answer; `text` is the body as it came."""

    status: int
    #: By lower-case names.
    headers: Mapping[str, str]
    text: str
    #: `POST /v1/product`: named where the server gave no sentence of its own.
    route: str


def error_from_response(response: FailedResponse) -> QBitFlowError:
    """A body that is not the API's (a proxy's page) still gets its class."""
    body = _body_of(response.text)
    errors = _field_errors(body.get("errors"))
    said = body.get("error")
    sentence = said if isinstance(said, str) and said != "" else _default_sentence(response)
    fields = "; ".join(f"{error.field}: {error.message}" for error in errors)
    message = sentence if fields == "" or fields in sentence else f"{sentence} ({fields})"
    code, request_id = body.get("code"), body.get("requestId")
    return _class_of(response.status)(
        message[:LONGEST_MESSAGE],
        code=code if isinstance(code, str) else f"http_{response.status}",
        status=response.status,
        request_id=request_id if isinstance(request_id, str) else response.headers.get("x-request-id"),
        errors=errors,
        retry_after=retry_after_of(response.headers.get("retry-after")),
    )


def _class_of(status: int) -> Type[QBitFlowError]:
    return _BY_STATUS.get(status, ServerError if status >= 500 else QBitFlowError)


def _default_sentence(response: FailedResponse) -> str:
    route, status = response.route, response.status
    if 300 <= status < 400:
        return (
            f"{route} was redirected, which the SDK does not follow because it would hand your API key on. "
            "Set base_url to the final address of your QBitFlow server."
        )
    if status >= 500:
        return f"{route} failed on the server ({status}). Try again; if it stays, look at the server's log."
    if status == 404:
        return f"{route} is unknown there (404). Check that base_url is the address of your QBitFlow server."
    return f"{route} was refused ({status})."


def _body_of(text: str) -> Dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _field_errors(value: Any) -> List[FieldError]:
    errors = []
    for item in value if isinstance(value, list) else []:
        if not isinstance(item, dict):
            continue
        field = item.get("field")
        message = item.get("message", item.get("error"))
        if isinstance(field, str) and isinstance(message, str):
            errors.append(FieldError(field, message))
    return errors
