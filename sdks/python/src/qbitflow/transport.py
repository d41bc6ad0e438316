"""Carries calls to the API: headers, deadlines, retries and errors live here, and nothing about any resource."""

from __future__ import annotations

import http.client
import json
import re
import socket
import time
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Dict, List, Mapping, Optional, Type, TypeVar, Union
from urllib.parse import quote, urlencode, urlsplit

from .config import Config
from .error_from_response import FailedResponse, error_from_response
from .errors import ConnectionFailedError, QBitFlowError, TimedOutError, invalid_option
from .exchange import Request, Response, exchange
from .page import Page
from .retry import Replay, backoff_s, is_retryable
from .version import version
from .wire import UnreadableAnswer, body_of, decode, list_of

T = TypeVar("T")

Query = Mapping[str, Union[str, int, bool, None]]


@dataclass(frozen=True)
class Call:
    """One call of the API, without anything about how it is carried."""

    method: str
    #: Below `/v1`, its parts already through `path_part`.
    path: str
    query: Optional[Query] = None
    #: By Python names; None in it is left out.
    body: Optional[Mapping[str, Any]] = None
    #: The POST makes something: it carries an Idempotency-Key and may be tried again.
    creates: bool = False
    idempotency_key: Optional[str] = None
    #: For a POST that changes nothing. GET and PUT may always be tried again, DELETE only after a 429.
    replay: Optional[Replay] = None

    @property
    def route(self) -> str:
        """For sentences: `POST /v1/product`."""
        return f"{self.method} /v1{self.path}"


def path_part(name: str, value: Union[str, int]) -> str:
    """One path segment, or ValidationError: an empty one or `..` would ask for another route."""
    text = str(value)
    if text in ("", ".", ".."):
        raise invalid_option(name, f"{name} must not be empty.")
    return quote(text, safe="")


class Transport:
    """Holds no connection and no state: threads may share it."""

    def __init__(self, config: Config) -> None:
        self.config = config

    def get(self, kind: Type[T], path: str, query: Optional[Query] = None) -> T:
        """Reads one resource."""
        return self.call(kind, Call("GET", path, query=query))

    def get_list(self, kind: Type[T], path: str) -> List[T]:
        """Reads a route that answers a bare array."""
        call = Call("GET", path)
        return self._readable(call, lambda answer: list_of(kind, answer))

    def get_page(self, kind: Type[T], path: str, query: Query) -> Page[T]:
        """Reads a page of a list; further ones are fetched by the page."""
        call = Call("GET", path, query=query)

        def page_of(answer: Any) -> Page[T]:
            if not isinstance(answer, dict):
                raise UnreadableAnswer("the list is not an object")
            items = list_of(kind, answer.get("items"))
            return Page(items, answer.get("nextCursor"), lambda cursor: self.get_page(kind, path, {**query, "cursor": cursor}))

        return self._readable(call, page_of)

    def call(self, kind: Type[T], call: Call) -> T:
        """The answer as that type; raises the QBitFlowError of the last try."""
        return self._readable(call, lambda answer: decode(kind, answer))

    def send(self, call: Call) -> Response:
        """The answer's bytes, after retries."""
        request = self._request_of(call)
        for attempt in range(self.config.max_retries + 1):
            try:
                return self._attempt(call, request)
            except QBitFlowError as error:
                if attempt == self.config.max_retries or not is_retryable(error, _replay_of(call)):
                    raise
                waits_for = error.retry_after
            time.sleep(backoff_s(attempt, self.config.retry_delay) if waits_for is None else waits_for)
        raise AssertionError("the last attempt returns or raises")

    def socket_url(self, path: str, query: Query) -> str:
        """The address of a WebSocket route."""
        return f"ws{self.config.base_url[len('http'):]}{path}{_query_text(query)}"

    def _readable(self, call: Call, read: Any) -> Any:
        response = self.send(call)
        try:
            return read(json.loads(response.body.decode("utf-8"), parse_float=Decimal))
        except (ValueError, RecursionError) as cause:
            what = str(cause) if isinstance(cause, UnreadableAnswer) else "it is not JSON"
            message = f"{call.route} was answered with something that cannot be read: {what}. Check that base_url is the address of your QBitFlow server."
            raise ConnectionFailedError(
                message,
                code="invalid_response",
                status=response.status,
                request_id=response.headers.get("x-request-id"),
            ) from cause

    def _request_of(self, call: Call) -> Request:
        headers: Dict[str, str] = {"Accept": "application/json", "User-Agent": f"qbitflow-sdk-python/{version}"}
        if call.creates:
            headers["Idempotency-Key"] = _checked_idempotency_key(call.idempotency_key or str(uuid.uuid4()))
        body = None
        if call.body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(body_of(call.body), ensure_ascii=False, allow_nan=False).encode("utf-8")
        url = f"{self.config.base_url}{call.path}{_query_text(call.query or {})}"
        return Request(call.method, url, headers, body)

    def _attempt(self, call: Call, request: Request) -> Response:
        timeout = self.config.timeout
        keyed = Request(request.method, request.url, {**request.headers, "X-API-Key": self.config.api_key}, request.body)
        try:
            response = exchange(keyed, timeout)
        except socket.timeout as cause:
            message = f"{call.route} got no answer within {timeout:g} s. Try again, or raise timeout."
            raise TimedOutError(message, code="timeout") from cause
        except (OSError, http.client.HTTPException) as cause:
            url = urlsplit(request.url)
            message = f"{call.route} could not reach {url.scheme}://{url.netloc}. Check base_url, the network, and that the server runs."
            raise ConnectionFailedError(message, code="connection_failed") from cause
        if 200 <= response.status < 300:
            return response
        text = response.body.decode("utf-8", "replace").replace(self.config.api_key, "[API key]")
        raise error_from_response(FailedResponse(response.status, response.headers, text, call.route))


def _replay_of(call: Call) -> Replay:
    if call.replay is not None:
        return call.replay
    return "always" if call.method in ("GET", "PUT") or call.creates else "refused"


def _query_text(query: Query) -> str:
    def text_of(value: Union[str, int, bool]) -> str:
        return str(value).lower() if isinstance(value, bool) else str(value)

    pairs = [(name, text_of(value)) for name, value in query.items() if value is not None]
    return f"?{urlencode(pairs)}" if pairs else ""


def _checked_idempotency_key(key: str) -> str:
    if re.fullmatch(r"[\x21-\x7e]{1,255}", key):
        return key
    message = "idempotency_key is 1 to 255 printable ASCII characters without spaces."
    raise invalid_option("idempotency_key", message)
